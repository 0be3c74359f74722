using StyleLab.Tensors;

namespace StyleLab.Losses;

/// <summary>A loss as a node of the graph with its name and parts; weights are already inside the values.</summary>
internal sealed record LossTerm(string Name, Tensor Value, IReadOnlyList<LossTerm> Parts)
{
    public static LossTerm Leaf(string name, Tensor value) => new(name, value, []);

    public static LossTerm SumOf(string name, IReadOnlyList<LossTerm> parts) =>
        parts is [var only] && only.Name == name ? only : new(name, parts.Select(p => p.Value).Aggregate((a, b) => a + b), parts);

    /// <summary>This term and all below it.</summary>
    public IEnumerable<LossTerm> All() => Parts.SelectMany(p => p.All()).Prepend(this);
}
