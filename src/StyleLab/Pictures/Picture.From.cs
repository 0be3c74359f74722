using StyleLab.Pictures.Images;
using StyleLab.Pictures.Profiles;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>
    /// The picture of an image of another library: an <c>Image&lt;TPixel&gt;</c> of ImageSharp, an <c>SKBitmap</c> or <c>SKImage</c> of SkiaSharp, a
    /// <c>MagickImage</c> of Magick.NET.
    /// Alpha is kept, and colours are brought to sRGB as the image's colour space or profile says. The image stays as it is.
    /// </summary>
    /// <param name="image">An image of at most 100 megapixels. Its library is the caller's, in whatever version; this one brings none.</param>
    /// <exception cref="ArgumentException">It is no such image, or too large.</exception>
    /// <exception cref="StyleLabException">The image was disposed of, holds no pixels, or its library lacks what is asked of it.</exception>
    public static Picture From(object image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image as Picture ?? ImageSharpImage.Read(image) ?? SkiaImage.Read(image) ?? MagickImage.Read(image)
            ?? throw new ArgumentException($"Picture.From takes an Image of ImageSharp, an SKBitmap or SKImage of SkiaSharp, or a MagickImage of Magick.NET, got {TypeName(image.GetType())}.");
    }

    /// <summary>A picture of interleaved red, green, blue and alpha, colours not laid over white.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="samples">Four a pixel; rows from the top.</param>
    /// <param name="value">From a sample to 0..1.</param>
    /// <param name="isOpaque">True to leave alpha out.</param>
    /// <param name="space">What the colours stand for; null for sRGB.</param>
    internal static Picture OfRgba<T>(int width, int height, ReadOnlySpan<T> samples, Func<T, float> value, bool isOpaque, ColorSpace? space = null)
    {
        var picture = new Picture(width, height);
        var alpha = isOpaque ? [] : new float[width * height];
        for (int channel = 0; channel < (isOpaque ? 3 : 4); channel++)
        {
            var target = channel < 3 ? picture.Plane(channel) : alpha;
            for (int i = 0; i < target.Length; i++)
                target[i] = Math.Clamp(value(samples[4 * i + channel]), 0, 1);
        }
        picture = space?.ToSrgb(picture) ?? picture;
        return isOpaque ? picture : picture.WithAlpha(alpha);
    }

    private static string TypeName(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>" : type.FullName ?? type.Name;
}
