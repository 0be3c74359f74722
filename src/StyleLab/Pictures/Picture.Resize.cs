using StyleLab.Pictures;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>
    /// The picture at another size. Values are not clamped: filters that sharpen may step a little outside 0..1 at hard edges.
    /// </summary>
    /// <param name="width">New pixels across, at least 1.</param>
    /// <param name="height">New pixels down, at least 1.</param>
    /// <param name="filter">How values between pixels are found.</param>
    /// <exception cref="ArgumentException">The size is not positive, or more than 100 megapixels.</exception>
    public Picture Resize(int width, int height, Resampling filter = Resampling.Bicubic)
    {
        if (width < 1 || height < 1)
            throw new ArgumentException($"Resize needs a size of at least 1×1 pixels, got {width}×{height}.");
        if (!Enum.IsDefined(filter))
            throw new ArgumentException($"Resize knows the filters {string.Join(", ", Enum.GetNames<Resampling>())}, got {filter}.");
        RequireSize(width, height);
        var across = new ResamplingWeights(Width, width, filter);
        var down = new ResamplingWeights(Height, height, filter);
        // The order with the smaller picture in between: cheaper, and never larger than both ends.
        var rowsFirst = (long)width * Height <= (long)Width * height;
        return OfPlanes(width, height, (plane, resized) => (rowsFirst
                ? PlaneFilter.ResizeColumns(PlaneFilter.ResizeRows(plane, Width, Height, across), width, down)
                : PlaneFilter.ResizeRows(PlaneFilter.ResizeColumns(plane, Width, down), Width, height, across)).CopyTo(resized))
            .MadeFrom(this, $"resize {width} {height} {filter.ToString().ToLowerInvariant()}");
    }

    /// <summary>
    /// The picture with its longer side exactly this long, larger or smaller than before, and its aspect kept (bicubic).
    /// </summary>
    /// <param name="longSide">Pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The size is not positive, or the result has more than 100 megapixels.</exception>
    public Picture Fit(int longSide)
    {
        if (longSide < 1)
            throw new ArgumentException($"Fit needs a long side of at least 1 pixel, got {longSide}.");
        var scale = (double)longSide / Math.Max(Width, Height);
        return Width >= Height
            ? Resize(longSide, Math.Max(1, (int)Math.Round(Height * scale)))
            : Resize(Math.Max(1, (int)Math.Round(Width * scale)), longSide);
    }

    /// <summary>The picture itself if it has that size already, else resized (bicubic).</summary>
    internal Picture ResizeIfNeeded(int width, int height) => width == Width && height == Height ? this : Resize(width, height);

    /// <summary>One colour plane: Height rows of Width values; channel 0 is red, 1 green, 2 blue.</summary>
    internal Span<float> Plane(int channel) => Values.AsSpan(channel * Width * Height, Width * Height);
}
