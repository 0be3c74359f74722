namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>A rectangle out of the picture.</summary>
    /// <param name="x">The left column, from 0.</param>
    /// <param name="y">The top row, from 0.</param>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    /// <exception cref="ArgumentException">The rectangle is empty or not inside the picture.</exception>
    public Picture Crop(int x, int y, int width, int height)
    {
        if (x < 0 || y < 0 || width < 1 || height < 1 || x > Width - width || y > Height - height)
            throw new ArgumentException(
                $"A crop must lie inside the picture of {Width}×{Height}, got {width}×{height} from column {x}, row {y}.");
        return OfPlanes(width, height, (plane, cropped) =>
        {
            for (var row = 0; row < height; row++)
                plane.Slice((y + row) * Width + x, width).CopyTo(cropped.Slice(row * width, width));
        }).MadeFrom(this, $"crop {x} {y} {width} {height}");
    }

    /// <summary>The largest centred part with the aspect width : height, for example <c>CropToAspect(16, 9)</c>.</summary>
    /// <exception cref="ArgumentException">A side of the aspect is not positive.</exception>
    public Picture CropToAspect(int width, int height)
    {
        if (width < 1 || height < 1)
            throw new ArgumentException($"CropToAspect needs an aspect of two positive numbers, got {width}:{height}.");
        var newWidth = Math.Clamp((int)Math.Round((double)Height * width / height), 1, Width);
        var newHeight = Math.Clamp((int)Math.Round((double)Width * height / width), 1, Height);
        return Crop((Width - newWidth) / 2, (Height - newHeight) / 2, newWidth, newHeight);
    }

    /// <summary>The largest centred square.</summary>
    public Picture Square() => CropToAspect(1, 1);
}
