namespace StyleLab;

public sealed partial class Picture
{
    // Grey pictures come out of JPEG files and filters with a level of 255 more or less.
    private const float GreyTolerance = 1.5f / 255;

    /// <summary>True if red, green and blue are the same at every pixel, up to a level of 255.</summary>
    internal bool IsGrey()
    {
        ReadOnlySpan<float> red = Plane(0), green = Plane(1), blue = Plane(2);
        for (int i = 0; i < red.Length; i++)
            if (!(Math.Abs(red[i] - green[i]) <= GreyTolerance && Math.Abs(green[i] - blue[i]) <= GreyTolerance
                && Math.Abs(red[i] - blue[i]) <= GreyTolerance))
                return false;
        return true;
    }

    /// <summary>A grey picture whose every colour is the red of this one: noise keeps its strength, which a mean would take away.</summary>
    internal Picture GreyOfRed() => new(Width, Height, [.. Plane(0), .. Plane(0), .. Plane(0)]);
}
