namespace StyleLab.Weights;

/// <summary>What a weights file announces before any number is read.</summary>
internal sealed record WeightsIndex(IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    public WeightsIndex(IReadOnlyList<StoredTensor> tensors) : this(tensors, new Dictionary<string, string>())
    {
    }
}
