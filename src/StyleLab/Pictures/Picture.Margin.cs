using StyleLab.Tensors;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>The picture with a margin of mirrored pixels on every side.</summary>
    internal Picture WithMargin(int margin)
    {
        if (margin == 0)
            return this;
        var result = new Picture(Width + 2 * margin, Height + 2 * margin);
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < result.Height; y++)
                for (int x = 0; x < result.Width; x++)
                    result[channel, y, x] = this[channel, Padding.Reflect.Source(y - margin, Height), Padding.Reflect.Source(x - margin, Width)];
        return result;
    }

    /// <summary>The picture continued to the right and below by its mirror image, as often as needed.</summary>
    internal Picture MirroredTo(int width, int height)
    {
        if (width == Width && height == Height)
            return this;
        var result = new Picture(width, height);
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    result[channel, y, x] = this[channel, Padding.Reflect.Source(y, Height), Padding.Reflect.Source(x, Width)];
        return result;
    }

    /// <summary>The picture without the outer pixels on every side.</summary>
    internal Picture WithoutMargin(int margin) =>
        margin == 0 ? this : Crop(margin, margin, Width - 2 * margin, Height - 2 * margin);
}
