using StyleLab.Pictures;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>Another picture laid over this one where a mask is white; where it is grey, a mixture.</summary>
    /// <param name="source">Of any size; what falls outside this picture is cut off.</param>
    /// <param name="mask">A grey picture of the size of <paramref name="source"/>: 0 keeps this picture, 1 shows the source.</param>
    /// <param name="x">The column of this picture where the left column of the source comes to lie.</param>
    /// <param name="y">The row of this picture where the top row of the source comes to lie.</param>
    /// <exception cref="ArgumentException">Mask and source differ in size.</exception>
    public Picture Overlay(Picture source, Picture mask, int x = 0, int y = 0)
    {
        RequireMask(source, mask, nameof(Overlay));
        mask = mask.AsMask();
        float[] values = [.. Values];
        float[]? alpha = Alpha is null ? null : [.. Alpha];
        for (var row = Math.Max(0, -y); row < Math.Min(source.Height, Height - y); row++)
            for (var column = Math.Max(0, -x); column < Math.Min(source.Width, Width - x); column++)
            {
                var share = Math.Clamp(mask.Luma(row, column), 0, 1);
                var opacity = source.Alpha?[row * source.Width + column] ?? 1;
                var pixel = (y + row) * Width + x + column;
                for (var i = pixel; i < values.Length; i += Width * Height)
                    // The source's value without the white behind it, over what is left to see of this picture.
                    values[i] += (source[i / (Width * Height), row, column] - (1 - opacity) - opacity * values[i]) * share;
                if (alpha is not null)
                    alpha[pixel] += (1 - alpha[pixel]) * share * opacity;
            }
        return OfOverlaid(Width, Height, values, alpha);
    }

    /// <summary>
    /// Another picture put into this one without a seam (Pérez, Gangnet and Blake, "Poisson image editing", 2003): inside
    /// the mask the differences of neighbours are those of the source, at its rim the values are those of this picture.
    /// Values may step outside 0..1.
    /// </summary>
    /// <param name="source">Of any size; what falls outside this picture is cut off.</param>
    /// <param name="mask">A grey picture of the size of <paramref name="source"/>: above 0.5 is inside.</param>
    /// <param name="x">The column of this picture where the left column of the source comes to lie.</param>
    /// <param name="y">The row of this picture where the top row of the source comes to lie.</param>
    /// <param name="mixGradients">
    /// Whether each difference is that of this picture where it is larger: what is behind shows through even parts of the source.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Mask and source differ in size, the mask leaves nothing inside this picture, or nothing outside for its rim.
    /// </exception>
    public Picture BlendSeamlessly(Picture source, Picture mask, int x = 0, int y = 0, bool mixGradients = false)
    {
        RequireMask(source, mask, nameof(BlendSeamlessly));
        mask = mask.AsMask();
        var inside = new bool[Width * Height];
        for (var row = Math.Max(0, -y); row < Math.Min(source.Height, Height - y); row++)
            for (var column = Math.Max(0, -x); column < Math.Min(source.Width, Width - x); column++)
                inside[(y + row) * Width + x + column] = mask.Luma(row, column) > 0.5f;
        if (!inside.Contains(true))
            throw new ArgumentException("BlendSeamlessly needs a mask that is white somewhere inside the picture: this one leaves nothing to blend.");
        if (!inside.Contains(false))
            throw new ArgumentException("BlendSeamlessly needs a rim to fit to: the mask covers the whole picture; leave some of it black.");

        var result = new Picture(Width, Height, [.. Values]);
        var system = new PoissonSystem(inside, Width, Height);
        Parallel.For(0, 3, channel =>
            system.Solve(result.Plane(channel), Difference(channel)));
        // What was put in can be seen.
        return OfOverlaid(Width, Height, result.Values, Alpha?.Select((value, i) => inside[i] ? 1 : value).ToArray());

        Func<int, int, int, int, double> Difference(int channel) => (atX, atY, nextX, nextY) =>
        {
            double mine = this[channel, atY, atX] - this[channel, nextY, nextX];
            // Beyond the edge of the source there is nothing to compare with: its last pixel goes on.
            double other = source[channel, atY - y, atX - x]
                - source[channel, Math.Clamp(nextY - y, 0, source.Height - 1), Math.Clamp(nextX - x, 0, source.Width - 1)];
            return mixGradients && Math.Abs(mine) > Math.Abs(other) ? mine : other;
        };
    }

    private static void RequireMask(Picture source, Picture mask, string operation)
    {
        if (mask.Width != source.Width || mask.Height != source.Height)
            throw new ArgumentException(
                $"{operation} needs a mask of the size of the source, {source.Width}×{source.Height}, got {mask.Width}×{mask.Height}.");
    }
}
