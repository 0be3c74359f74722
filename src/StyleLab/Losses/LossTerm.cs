using StyleLab.Tensors;

namespace StyleLab;

/// <summary>
/// A loss as a node of the graph with its name and parts, as <see cref="Loss.Build"/> returns it. A tensor of a single value becomes
/// one by itself; it is named after its loss. Immutable.
/// </summary>
public sealed class LossTerm
{
    private readonly Tensor? _unweighted, _factor;
    private readonly double _weight = 1;
    private Tensor? _value;

    private LossTerm(string name, Tensor? unweighted, double weight, Tensor? factor, IReadOnlyList<LossTerm> parts)
    {
        Name = name;
        Parts = parts;
        (_unweighted, _weight, _factor) = (unweighted, weight, factor);
    }

    /// <summary>What the tree of losses and the loss curves call it.</summary>
    public string Name { get; }

    /// <summary>The terms it is the sum of; empty for a single term.</summary>
    public IReadOnlyList<LossTerm> Parts { get; }

    /// <summary>The value with all weights, a scalar; the same node of the graph every time.</summary>
    public Tensor Value => _value ??= _unweighted is { } value ? Weighted(value) : Parts.Select(p => p.Value).Aggregate((a, b) => a + b);

    /// <summary>A single term.</summary>
    /// <param name="name">Its name in the tree of losses.</param>
    /// <param name="value">1×1×1×1.</param>
    /// <exception cref="StyleLabException">It is not a single value.</exception>
    public static LossTerm Leaf(string name, Tensor value) => value.Shape == Shape.Scalar
        ? new(name, value, 1, null, [])
        : throw new StyleLabException(
            $"The loss{(name.Length > 0 ? $" '{name}'" : "")} must be a single value, got a tensor of {value.Shape}; end it with Sum() or Mean().");

    /// <summary>A sum of terms, such as one for each layer.</summary>
    /// <param name="name">Its name in the tree of losses.</param>
    /// <param name="parts">At least one.</param>
    public static LossTerm SumOf(string name, IReadOnlyList<LossTerm> parts) => parts switch
    {
        [] => throw new ArgumentException($"The loss '{name}' is a sum of no terms; give it at least one."),
        [var only] when only.Name == name => only,
        _ => new(name, null, 1, null, parts),
    };

    public static implicit operator LossTerm(Tensor value) => Leaf("", value);

    public static LossTerm operator *(double weight, LossTerm term) =>
        new(term.Name, term._unweighted, weight * term._weight, term._factor, [.. term.Parts.Select(p => weight * p)]);

    public static LossTerm operator *(LossTerm term, double weight) => weight * term;

    /// <summary>The term times a number of the graph, which may change from step to step.</summary>
    internal LossTerm Times(Tensor factor) =>
        new(Name, _unweighted, _weight, _factor is null ? factor : _factor * factor, [.. Parts.Select(p => p.Times(factor))]);

    /// <summary>The term under a name, if it has none.</summary>
    internal LossTerm Named(string name) => Name.Length > 0 ? this : new(name, _unweighted, _weight, _factor, Parts);

    /// <summary>This term and all below it.</summary>
    internal IEnumerable<LossTerm> All() => Parts.SelectMany(p => p.All()).Prepend(this);

    private Tensor Weighted(Tensor value)
    {
        value = _weight == 1 ? value : value * (float)_weight;
        return _factor is null ? value : value * _factor;
    }
}
