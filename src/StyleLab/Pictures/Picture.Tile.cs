namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>Copies of the picture side by side and one below the other: seams show whether a texture can be tiled.</summary>
    /// <param name="columns">Copies across, at least 1.</param>
    /// <param name="rows">Copies down, at least 1.</param>
    /// <exception cref="ArgumentException">A number is not positive, or the result has more than 100 megapixels.</exception>
    public Picture Tile(int columns = 2, int rows = 2)
    {
        if (columns < 1 || rows < 1)
            throw new ArgumentException($"Tile needs at least 1 copy each way, got {columns}×{rows}.");
        var result = new Picture((int)Math.Min(int.MaxValue, (long)Width * columns), (int)Math.Min(int.MaxValue, (long)Height * rows));
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < result.Height; y++)
                for (var column = 0; column < columns; column++)
                    Plane(channel).Slice(y % Height * Width, Width)
                        .CopyTo(result.Plane(channel).Slice(y * result.Width + column * Width, Width));
        return result.MadeFrom(this, $"tile {columns} {rows}");
    }
}
