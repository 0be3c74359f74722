using StyleLab.Pictures;

namespace StyleLab;

/// <summary>
/// An image in memory: red, green and blue planes of float values, gamma-encoded sRGB, and an <see cref="Alpha"/> where it is transparent.
/// Values are 0..1 in a finished picture; during a synthesis they may leave that range and are clamped when saved.
/// </summary>
public sealed partial class Picture
{
    /// <summary>Makes a picture from planar values.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    /// <param name="values">3 × height × width values in the order red plane, green plane, blue plane; rows from the top. Kept, not copied.</param>
    /// <exception cref="ArgumentException">The size is not positive or does not match the number of values.</exception>
    public Picture(int width, int height, float[] values)
    {
        if (width < 1 || height < 1 || values.Length != 3L * width * height)
            throw new ArgumentException(
                $"A picture of {width}×{height} needs {3L * width * height} values (red, green and blue planes), got {values.Length}.");
        Width = width;
        Height = height;
        Values = values;
    }

    /// <summary>A black picture.</summary>
    /// <exception cref="ArgumentException">The size is not positive, or more than 100 megapixels.</exception>
    public Picture(int width, int height) : this(width, height, BlackPlanes(width, height)) { }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>The planar values, 3 × Height × Width: index = (channel · Height + y) · Width + x.</summary>
    public float[] Values { get; }

    /// <summary>One value; channel 0 is red, 1 green, 2 blue.</summary>
    public float this[int channel, int y, int x]
    {
        get => Values[(channel * Height + y) * Width + x];
        set => Values[(channel * Height + y) * Width + x] = value;
    }

    private static float[] BlackPlanes(int width, int height)
    {
        RequireSize(width, height);
        return new float[3 * width * height];
    }

    /// <summary>Refuses a size that no picture has, before anything is computed for it.</summary>
    internal static void RequireSize(int width, int height)
    {
        if (width < 1 || height < 1)
            throw new ArgumentException($"A picture needs at least 1 pixel each way, got {width}×{height}.");
        if ((long)width * height > PictureLimits.MaxPixels)
            throw new ArgumentException(
                $"A picture can have at most {PictureLimits.MaxPixels / 1_000_000} megapixels, {width}×{height} is more.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"Picture {Width}×{Height}";
}
