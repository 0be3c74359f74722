using StyleLab.Tensors;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>The picture with a margin of mirrored pixels on every side.</summary>
    internal Picture WithMargin(int margin) => margin == 0 ? this : Mirrored(Width + 2 * margin, Height + 2 * margin, margin);

    /// <summary>The picture continued to the right and below by its mirror image, as often as needed.</summary>
    internal Picture MirroredTo(int width, int height) => width == Width && height == Height ? this : Mirrored(width, height, 0);

    private Picture Mirrored(int width, int height, int margin) => OfPlanes(width, height, (plane, mirrored) =>
    {
        for (int y = 0, i = 0; y < height; y++)
        {
            var row = plane.Slice(Padding.Reflect.Source(y - margin, Height) * Width, Width);
            for (int x = 0; x < width; x++)
                mirrored[i++] = row[Padding.Reflect.Source(x - margin, Width)];
        }
    });

    /// <summary>The picture without the outer pixels on every side.</summary>
    internal Picture WithoutMargin(int margin) =>
        margin == 0 ? this : Crop(margin, margin, Width - 2 * margin, Height - 2 * margin);

    /// <summary>A copy of planar values as a picture without its border.</summary>
    internal static Picture OfPlanes(float[] values, PictureSize size, int border) =>
        new Picture(size.Width + 2 * border, size.Height + 2 * border, (float[])values.Clone()).WithoutMargin(border);
}
