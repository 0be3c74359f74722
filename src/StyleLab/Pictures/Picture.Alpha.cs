using StyleLab.Pictures;

namespace StyleLab;

public sealed partial class Picture
{
    // Less is hardly seen, and a colour divided by it is mostly rounding.
    private const float LeastSeen = 1f / 16;

    /// <summary>
    /// How opaque each pixel is, Height rows of Width values from 0 (transparent) to 1; null for a picture that is opaque everywhere.
    /// <see cref="Values"/> are always those of the picture laid over white, which is what a page shows: α·colour + 1 − α.
    /// Resampling and blurring work on these and on alpha alike, so that no colour from behind transparent pixels bleeds in.
    /// </summary>
    public float[]? Alpha { get; private init; }

    /// <summary>The picture made transparent where a mask is black.</summary>
    /// <param name="mask">A grey picture of the same size: 1 keeps a pixel as it is, 0 makes it transparent. It replaces an alpha that is there.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Picture WithAlpha(Picture mask)
    {
        RequireSameSize(mask, nameof(WithAlpha));
        return Solid().WithAlpha(Array.ConvertAll(mask.AsMask().Luma(), value => value > 0 ? Math.Min(value, 1) : 0)).MadeFrom(this, "with-alpha", mask);
    }

    /// <summary>The picture laid over white, opaque everywhere.</summary>
    public Picture WithoutAlpha() => Alpha is null ? this : new Picture(Width, Height, Values).MadeFrom(this, "without-alpha");

    /// <summary>Where the picture is opaque, as a mask: white where it is, black where it is transparent.</summary>
    public Picture AlphaMask()
    {
        float[] alpha = Alpha ?? [.. Enumerable.Repeat(1f, Width * Height)];
        return new Picture(Width, Height, [.. alpha, .. alpha, .. alpha]).MadeFrom(this, "alpha-mask");
    }

    /// <summary>The picture of opaque planes with an alpha; without one where that is 1 everywhere.</summary>
    /// <param name="alpha">Height rows of Width values from 0 to 1; kept, not copied.</param>
    internal Picture WithAlpha(float[] alpha)
    {
        var values = new float[Values.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = OverWhite(Values[i], alpha[i % alpha.Length]);
        return OfOverlaid(Width, Height, values, alpha);
    }

    /// <summary>A picture of planes that are laid over white already.</summary>
    internal static Picture OfOverlaid(int width, int height, float[] values, float[]? alpha) =>
        new(width, height, values) { Alpha = alpha is not null && alpha.Any(value => value < 1) ? alpha : null };

    /// <summary>A colour laid over white.</summary>
    internal static float OverWhite(float color, float alpha) => alpha >= 1 ? color : 1 - alpha * (1 - color);

    /// <summary>The colour that gives a value when laid over white.</summary>
    internal static float BeneathWhite(float value, float alpha) => alpha >= 1 ? value : Math.Clamp(1 - (1 - value) / alpha, 0, 1);

    /// <summary>
    /// The picture without its alpha, but with the full colour of every pixel that is seen: what a network is to look at, because the white in
    /// a soft edge would come back as a rim.
    /// </summary>
    internal Picture Solid()
    {
        if (Alpha is not { } alpha)
            return this;
        var values = new float[Values.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = alpha[i % alpha.Length] is var a && a >= LeastSeen ? BeneathWhite(Values[i], a) : 1;
        return new(Width, Height, values);
    }

    /// <summary>Whether anything of it is seen: false for a picture that is transparent everywhere.</summary>
    internal bool IsSeen => Alpha is not { } alpha || alpha.Any(a => a >= LeastSeen);

    /// <summary>The colours of all pixels that are seen, in one row, for statistics; the picture itself if it is opaque.</summary>
    internal Picture SeenPixels()
    {
        if (Alpha is not { } alpha || !IsSeen)
            return this;
        var solid = Solid();
        float[][] planes = [.. Enumerable.Range(0, 3).Select(channel => solid.Plane(channel).ToArray().Where((_, i) => alpha[i] >= LeastSeen).ToArray())];
        return new(planes[0].Length, 1, [.. planes[0], .. planes[1], .. planes[2]]);
    }

    /// <summary>The picture with the colours of <see cref="SeenPixels"/> changed one by one.</summary>
    private Picture ChangeColors(Func<Picture, Picture> change)
    {
        if (Alpha is not { } alpha || !IsSeen)
            return change(this);
        var (changed, result) = (change(SeenPixels()), Solid());
        for (int channel = 0; channel < 3; channel++)
            for (int i = 0, seen = 0; i < alpha.Length; i++)
                if (alpha[i] >= LeastSeen)
                    result.Plane(channel)[i] = changed.Plane(channel)[seen++];
        return result.WithAlpha(alpha);
    }

    /// <summary>
    /// The picture as a mask: transparent is black. A picture that shows nothing but black, as masks kept in alpha alone often do, is its alpha.
    /// </summary>
    internal Picture AsMask()
    {
        if (Alpha is not { } alpha)
            return this;
        float[] seen = [.. Values.Select((value, i) => value - (1 - alpha[i % alpha.Length]))];
        return new(Width, Height, seen.Any(value => value > 0.5f / 255) ? seen : [.. alpha, .. alpha, .. alpha]);
    }

    internal delegate void PlaneOperation(ReadOnlySpan<float> source, Span<float> target);

    /// <summary>A picture each plane of which, alpha as well, is made from the same plane of this one by a linear operation.</summary>
    internal Picture OfPlanes(int width, int height, PlaneOperation operation)
    {
        var result = new Picture(width, height);
        for (int channel = 0; channel < 3; channel++)
            operation(Plane(channel), result.Plane(channel));
        if (Alpha is null)
            return result;
        var alpha = new float[width * height];
        operation(Alpha, alpha);
        // Filters that sharpen step outside.
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = Math.Clamp(alpha[i], 0, 1);
        return OfOverlaid(width, height, result.Values, alpha);
    }
}
