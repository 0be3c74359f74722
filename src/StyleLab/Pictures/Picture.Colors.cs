namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>The picture with every value brought into 0..1; NaN becomes 0.</summary>
    public Picture Clamp() =>
        new(Width, Height, Array.ConvertAll(Values, value => value >= 1 ? 1 : value > 0 ? value : 0));

    /// <summary>
    /// This picture's brightness with the colours of another: Rec. 601 luma from here, chroma from <paramref name="content"/>.
    /// Values may step outside 0..1 where a strong colour meets a brightness that it cannot have.
    /// </summary>
    /// <param name="content">The picture that gives the colours, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Picture KeepColorsOf(Picture content)
    {
        RequireSameSize(content, nameof(KeepColorsOf));
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

    /// <summary>The mean of each colour over all pixels.</summary>
    public (float Red, float Green, float Blue) MeanColor() => (Mean(0), Mean(1), Mean(2));

    private float Luma(int y, int x) => 0.299f * this[0, y, x] + 0.587f * this[1, y, x] + 0.114f * this[2, y, x];

    private float Mean(int channel)
    {
        var sum = 0.0;
        foreach (var value in Plane(channel))
            sum += value;
        return (float)(sum / (Width * Height));
    }

    private void RequireSameSize(Picture other, string operation)
    {
        if (other.Width != Width || other.Height != Height)
            throw new ArgumentException(
                $"{operation} needs two pictures of one size, got {Width}×{Height} and {other.Width}×{other.Height}: resize one first.");
    }
}
