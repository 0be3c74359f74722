namespace StyleLab;

/// <summary>Width and height in pixels.</summary>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The longer side.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>This size shrunk or enlarged until its long side is <paramref name="longSide"/>, the aspect kept.</summary>
    public PictureSize Fit(int longSide) => new(
        Math.Max(1, (int)Math.Round((double)Width * longSide / LongSide)),
        Math.Max(1, (int)Math.Round((double)Height * longSide / LongSide)));

    /// <inheritdoc/>
    public override string ToString() => $"{Width}×{Height}";
}
