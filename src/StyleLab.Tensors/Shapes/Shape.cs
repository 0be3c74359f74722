namespace StyleLab.Tensors;

/// <summary>The sizes of a tensor, always batch × channels × height × width (N×C×H×W).</summary>
/// <remarks>A scalar is 1×1×1×1, one value per channel is 1×C×1×1, a C×C matrix is 1×1×C×C.</remarks>
public readonly record struct Shape(int Batch, int Channels, int Height, int Width)
{
    /// <summary>The shape of a single value.</summary>
    public static readonly Shape Scalar = new(1, 1, 1, 1);

    /// <summary>Number of values.</summary>
    public long Count => (long)Batch * Channels * Height * Width;

    /// <summary>Number of positions in one channel: height × width.</summary>
    public int Area => Height * Width;

    /// <summary>True when a tensor of this shape can be stretched to <paramref name="target"/>: every size is equal or 1.</summary>
    public bool BroadcastsTo(Shape target) =>
        (Batch == target.Batch || Batch == 1) && (Channels == target.Channels || Channels == 1) &&
        (Height == target.Height || Height == 1) && (Width == target.Width || Width == 1);

    /// <inheritdoc/>
    public override string ToString() => $"{Batch}×{Channels}×{Height}×{Width}";
}
