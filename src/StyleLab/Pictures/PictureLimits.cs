namespace StyleLab.Pictures;

internal static class PictureLimits
{
    /// <summary>The largest picture that is read or made: its planes take 1.2 GB, and their indices still fit an int.</summary>
    public const long MaxPixels = 100_000_000;
}
