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
        int width = (int)Math.Min(int.MaxValue, (long)Width * columns), height = (int)Math.Min(int.MaxValue, (long)Height * rows);
        return OfPlanes(width, height, (plane, tiled) =>
        {
            for (var y = 0; y < height; y++)
                for (var column = 0; column < columns; column++)
                    plane.Slice(y % Height * Width, Width).CopyTo(tiled.Slice(y * width + column * Width, Width));
        }).MadeFrom(this, $"tile {columns} {rows}");
    }
}
