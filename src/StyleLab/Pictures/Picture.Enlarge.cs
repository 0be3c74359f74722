namespace StyleLab;

public sealed partial class Picture
{
    // Each round takes away at least half of what is still wrong, even at the finest pattern.
    private const int EnlargeRounds = 24;

    /// <summary>
    /// Enlarges smoothly, and so that the mean over the area of each pixel stays that pixel, which no interpolation by itself keeps: what is
    /// missing after shrinking again is enlarged and added until nothing is missing (M. Irani, S. Peleg, "Improving resolution by image
    /// registration", 1991). Values may lie outside 0..1 beside edges.
    /// </summary>
    /// <param name="width">New width in pixels, at least the present one.</param>
    /// <param name="height">New height in pixels, at least the present one.</param>
    /// <exception cref="ArgumentException">A side would become smaller, or the result has more than 100 megapixels.</exception>
    public Picture Enlarge(int width, int height)
    {
        if (width < Width || height < Height)
            throw new ArgumentException($"Enlarge makes a picture larger, not {Width}×{Height} into {width}×{height}; use Resize.");
        RequireSize(width, height);
        var samples = this;
        for (int round = 0; round < EnlargeRounds; round++)
        {
            var seen = samples.Resize(width, height, Resampling.Lanczos).Resize(Width, Height, Resampling.Area);
            samples = OfOverlaid(Width, Height, [.. samples.Values.Select((value, i) => value + Values[i] - seen.Values[i])], Alpha);
        }
        // Transparency is a shape, not a picture to sharpen: it is enlarged as everywhere else.
        float[]? alpha = Alpha is null ? null : Resize(width, height).Alpha;
        return OfOverlaid(width, height, samples.Resize(width, height, Resampling.Lanczos).Values, alpha)
            .MadeFrom(this, FormattableString.Invariant($"enlarge {width} {height}"));
    }
}
