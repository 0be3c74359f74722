namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>The picture with every value brought into 0..1; NaN becomes 0.</summary>
    public Picture Clamp() =>
        OfOverlaid(Width, Height, Array.ConvertAll(Values, value => value >= 1 ? 1 : value > 0 ? value : 0), Alpha)
            .MadeFrom(this, "clamp");

    /// <summary>
    /// This picture's brightness with the colours of another: Rec. 601 luma from here, chroma from <paramref name="content"/>,
    /// which is what exchanging Y in YIQ comes to (Gatys et al. 2016, "Preserving color in neural artistic style transfer", §4).
    /// Values may step outside 0..1 where a strong colour meets a brightness that it cannot have.
    /// </summary>
    /// <param name="content">The picture that gives the colours, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Picture KeepColorsOf(Picture content)
    {
        RequireSameSize(content, nameof(KeepColorsOf));
        if (Alpha is { } alpha)
            return Solid().KeepColorsOf(content).WithAlpha(alpha);
        content = content.Solid();
        var result = new Picture(Width, Height);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                // Chroma is B − Y and R − Y: it stays when red, green and blue change by the same amount.
                var change = Luma(y, x) - content.Luma(y, x);
                for (var channel = 0; channel < 3; channel++)
                    result[channel, y, x] = content[channel, y, x] + change;
            }
        return result;
    }

    /// <summary>The picture in grey: Rec. 601 luma, 0.299 R + 0.587 G + 0.114 B, in all three colours.</summary>
    public Picture Luminance()
    {
        float[] luma = Luma();
        return OfOverlaid(Width, Height, [.. luma, .. luma, .. luma], Alpha).MadeFrom(this, "luminance");
    }

    /// <summary>
    /// The picture with brightness stretched and shifted so that its luma has the mean and the standard deviation of
    /// another's; colours (chroma) stay. Makes a style fit the lightness of a content. Values may step outside 0..1.
    /// </summary>
    /// <param name="reference">Of any size.</param>
    public Picture MatchLuminance(Picture reference)
    {
        var (mean, deviation) = MeanAndDeviation(SeenPixels().Luma());
        var (wantedMean, wantedDeviation) = MeanAndDeviation(reference.SeenPixels().Luma());
        // An even picture has nothing to stretch.
        double factor = deviation > 1e-6 ? wantedDeviation / deviation : 1;
        return ChangeColors(picture =>
        {
            var result = new Picture(picture.Width, picture.Height);
            for (var y = 0; y < picture.Height; y++)
                for (var x = 0; x < picture.Width; x++)
                {
                    var luma = picture.Luma(y, x);
                    var change = (float)((luma - mean) * factor + wantedMean - luma);
                    for (var channel = 0; channel < 3; channel++)
                        result[channel, y, x] = picture[channel, y, x] + change;
                }
            return result;
        }).MadeFrom(this, "match-luminance", reference);
    }

    /// <summary>The mean of each colour over all pixels that are not transparent.</summary>
    public (float Red, float Green, float Blue) MeanColor()
    {
        var seen = SeenPixels();
        return (seen.Mean(0), seen.Mean(1), seen.Mean(2));
    }

    /// <summary>Rec. 601 luma, Height rows of Width values.</summary>
    internal float[] Luma()
    {
        var luma = new float[Width * Height];
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                luma[y * Width + x] = Luma(y, x);
        return luma;
    }

    private float Luma(int y, int x) => 0.299f * this[0, y, x] + 0.587f * this[1, y, x] + 0.114f * this[2, y, x];

    private float Mean(int channel)
    {
        var sum = 0.0;
        foreach (var value in Plane(channel))
            sum += value;
        return (float)(sum / (Width * Height));
    }

    private static (double Mean, double Deviation) MeanAndDeviation(float[] values)
    {
        var mean = values.Average(value => (double)value);
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    internal void RequireSameSize(Picture other, string operation)
    {
        if (other.Width != Width || other.Height != Height)
            throw new ArgumentException(
                $"{operation} needs two pictures of one size, got {Width}×{Height} and {other.Width}×{other.Height}: resize one first.");
    }
}
