using StyleLab.Optimizers;

namespace StyleLab;

/// <summary>What the numbers of an optimizer's vector are of; says how they change when the picture is enlarged.</summary>
public enum VectorKind
{
    /// <summary>Values of the picture or changes of them: interpolated.</summary>
    Values,

    /// <summary>Gradients: interpolated, and smaller where there are more values, each with a smaller part in the loss.</summary>
    Gradients,

    /// <summary>Squares of gradients.</summary>
    Squares,
}

/// <summary>
/// What an optimizer remembers from step to step, by name: vectors with one number for each value of the picture, and single numbers.
/// It is kept in checkpoints, so that a run goes on bit for bit, and enlarged with the picture if <see cref="Optimizer.AcrossSizes"/>.
/// </summary>
public sealed class OptimizerState : IOptimizerState
{
    /// <summary>The name of a vector that is the result of the run in place of the picture after the last step, such as a mean over steps.</summary>
    public const string Average = OptimizerMemory.Average;

    // In a checkpoint, beside what the optimizer itself names.
    private const string KindPrefix = "kind of ", InnerPrefix = "inner ";

    private readonly Optimizer _optimizer;
    private readonly Dictionary<string, double> _numbers = [];
    private readonly Dictionary<string, float[]> _vectors = [];
    private (Optimizer Optimizer, IOptimizerState State)? _inner;

    internal OptimizerState(Optimizer optimizer, int values, OptimizerMemory? memory = null)
    {
        (_optimizer, Length) = (optimizer, values);
        foreach (var (name, number) in memory?.Numbers ?? new Dictionary<string, double>())
            _numbers[name] = number;
        foreach (string name in memory?.Vectors.Keys ?? [])
            memory!.CopyVector(name, _vectors[name] = new float[values]);
    }

    /// <summary>Values of the picture with its margin, and so the length of every vector.</summary>
    public int Length { get; }

    /// <summary>A number; 0 until it is set.</summary>
    public double this[string name]
    {
        get => _numbers.GetValueOrDefault(name);
        set => _numbers[name] = value;
    }

    /// <summary>A vector, all 0 when it is first asked for. What is written into it stays.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What its numbers are of.</param>
    public float[] Vector(string name, VectorKind kind = VectorKind.Values)
    {
        _numbers[KindPrefix + name] = (double)kind;
        return _vectors.TryGetValue(name, out var vector) ? vector : _vectors[name] = new float[Length];
    }

    float[]? IOptimizerState.Average => _vectors.GetValueOrDefault(Average);

    bool IOptimizerState.Step(Span<float> x, double loss, ReadOnlySpan<float> gradient, double progress) =>
        _optimizer.Step(new OptimizerStep(x, loss, gradient, progress, this));

    OptimizerMemory IOptimizerState.Remember()
    {
        if (_inner is not { } inner)
            return new(_numbers, _vectors);
        var memory = inner.State.Remember();
        return new(
            new Dictionary<string, double>([.. _numbers, .. memory.Numbers.Select(pair => KeyValuePair.Create(InnerPrefix + pair.Key, pair.Value))]),
            new Dictionary<string, float[]>([.. _vectors, .. memory.Vectors.Select(pair => KeyValuePair.Create(InnerPrefix + pair.Key, pair.Value))]));
    }

    /// <summary>The state of an optimizer with one of its own, through which another one takes its steps.</summary>
    internal IOptimizerState StateOf(Optimizer optimizer)
    {
        if (_inner is { } inner && inner.Optimizer == optimizer)
            return inner.State;
        var memory = new OptimizerMemory(TakeInner(_numbers), TakeInner(_vectors));
        var state = optimizer.Begin(Length, memory.Numbers.Count > 0 ? memory : null);
        _inner = (optimizer, state);
        return state;
    }

    /// <summary>What is remembered of a picture, for the same picture enlarged; what an optimizer inside this one remembers is not.</summary>
    internal static OptimizerMemory Enlarged(OptimizerMemory memory, Enlargement enlargement)
    {
        var vectors = new Dictionary<string, float[]>();
        foreach (var (name, vector) in memory.Vectors.Where(pair => !IsInner(pair.Key)))
            vectors[name] = (VectorKind)memory.Number(KindPrefix + name) switch
            {
                VectorKind.Gradients => enlargement.OfGradients(vector),
                VectorKind.Squares => enlargement.OfSquares(vector),
                _ => enlargement.OfValues(vector),
            };
        return new(memory.Numbers.Where(pair => !IsInner(pair.Key)).ToDictionary(), vectors);
    }

    private static bool IsInner(string name) => name.StartsWith(InnerPrefix, StringComparison.Ordinal);

    /// <summary>Takes out what a checkpoint says of the optimizer inside.</summary>
    private static Dictionary<string, T> TakeInner<T>(Dictionary<string, T> all)
    {
        var inner = all.Where(pair => IsInner(pair.Key)).ToDictionary(pair => pair.Key[InnerPrefix.Length..], pair => pair.Value);
        foreach (string name in inner.Keys)
            all.Remove(InnerPrefix + name);
        return inner;
    }
}
