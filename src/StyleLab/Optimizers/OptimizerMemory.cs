using StyleLab.Networks;

namespace StyleLab.Optimizers;

/// <summary>What an optimizer knows at a moment of a run, by name, so that a run can be kept in a file and go on.</summary>
/// <param name="Numbers">Single numbers.</param>
/// <param name="Vectors">Vectors with one value for each value of the picture; shared with the state they come from.</param>
internal sealed record OptimizerMemory(IReadOnlyDictionary<string, double> Numbers, IReadOnlyDictionary<string, float[]> Vectors)
{
    /// <summary>The name of the mean of the steps, which is the result where there is one.</summary>
    public const string Average = "average";

    /// <summary>A number by name.</summary>
    /// <exception cref="StyleLabException">It is missing.</exception>
    public double Number(string name) => Numbers.TryGetValue(name, out double number)
        ? number
        : throw new StyleLabException($"The optimizer's memory lacks the number {Quoted.Text(name)}: it belongs to another optimizer or is damaged.");

    /// <summary>Copies a vector by name.</summary>
    /// <exception cref="StyleLabException">It is missing or of another length.</exception>
    public void CopyVector(string name, float[] target)
    {
        if (!Vectors.TryGetValue(name, out var vector) || vector.Length != target.Length)
            throw new StyleLabException($"The optimizer's memory lacks the vector {Quoted.Text(name)} of {target.Length} values: it belongs to another run or is damaged.");
        vector.CopyTo(target, 0);
    }
}
