namespace StyleLab;

public sealed partial class LossNetwork
{
    /// <summary>
    /// What the channels of a layer see in a picture: the strongest ones as grey tiles, each from black (its least value) to
    /// white (its greatest).
    /// </summary>
    /// <param name="picture">The picture that the network looks at.</param>
    /// <param name="layer">One layer, such as <c>relu3_1</c>.</param>
    /// <param name="count">How many channels at most, 1 to 400.</param>
    /// <exception cref="StyleLabException">The layer does not exist, the picture is too small for it, or the count is out of range.</exception>
    public Grid FeatureSheet(Picture picture, string layer, int count = 16)
    {
        if (count is < 1 or > 400)
            throw new StyleLabException($"A feature sheet shows 1 to 400 channels, not {count}.");
        var map = Features(picture)[layer];
        float[] values = map.ToArray();
        int area = (int)map.Shape.Area, channels = map.Shape.Channels, width = map.Shape.Width;
        int[] strongest = [.. Enumerable.Range(0, channels)
            .OrderByDescending(channel => Plane(channel).Sum(value => (double)value * value)).Take(count)];

        int columns = (int)Math.Ceiling(Math.Sqrt(strongest.Length));
        var sheet = new Grid((strongest.Length + columns - 1) / columns, columns,
            strongest.Length == channels ? $"{layer}: all {channels} channels" : $"{layer}: the {strongest.Length} strongest of {channels} channels",
            cellSize: 128);
        foreach (int channel in strongest)
            sheet.Add(Tile(Plane(channel), width, sheet.CellSize), $"channel {channel}");
        return sheet;

        ArraySegment<float> Plane(int channel) => new(values, channel * area, area);
    }

    private static Picture Tile(ArraySegment<float> plane, int width, int size)
    {
        float low = plane.Min(), range = Math.Max(plane.Max() - low, float.Epsilon);
        float[] grey = [.. plane.Select(value => (value - low) / range)];
        int height = grey.Length / width;
        // Enlarged in whole steps, so that a viewer does not blur one position into the next.
        int pixels = Math.Max(1, (int)Math.Ceiling(2.0 * size / Math.Max(width, height)));
        return new Picture(width, height, [.. grey, .. grey, .. grey]).Resize(width * pixels, height * pixels, Resampling.Nearest);
    }
}
