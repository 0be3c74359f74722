namespace StyleLab.Weights.PyTorch;

/// <summary>A Python tuple.</summary>
internal sealed record PickledTuple(IReadOnlyList<object?> Items);

/// <summary>A Python dictionary, as the pairs that were put into it. Keys are never hashed: they may be anything.</summary>
internal sealed class PickledDictionary
{
    public List<(object? Key, object? Value)> Items { get; } = [];

    /// <summary>The value that was last given to a text key, or null.</summary>
    public object? this[string key] => Items.LastOrDefault(item => key.Equals(item.Key)).Value;
}

/// <summary>Numbers somewhere else in the file.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Key">The name under which the file has them.</param>
/// <param name="Begin">The first of them, counted in numbers from the beginning of what the file has.</param>
/// <param name="Count">How many there are.</param>
internal sealed record PickledStorage(NumberType Type, string Key, long Begin, long Count);

/// <summary>A view of a storage.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides);
