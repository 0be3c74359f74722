namespace StyleLab.Cli.Verbs;

/// <summary>Pictures of notebooks as a gallery shows them: 4 to 3, and twice as wide as on a page for screens that are fine.</summary>
internal static class GalleryPicture
{
    private const int Width = 720, Height = 540, Quality = 85;

    /// <returns>A JPEG; null where the picture is small as it is, or cannot be read.</returns>
    public static byte[]? Shrink(byte[] picture)
    {
        try
        {
            var part = Picture.Decode(picture).CropToAspect(Width, Height);
            var small = (part.Width > Width ? part.Resize(Width, Height) : part).EncodeJpeg(Quality);
            return small.Length < picture.Length ? small : null;
        }
        catch (StyleLabException)
        {
            return null;
        }
    }
}
