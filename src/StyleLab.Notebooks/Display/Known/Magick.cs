namespace StyleLab.Notebooks;

/// <summary>Images of Magick.NET: PNG, or GIF where there are several.</summary>
internal static class Magick
{
    public static MimeBundle Show(object image) => KnownPicture.Of(
        MimeTypes.Png, Write(image, "Png"), KnownPicture.Text(image, Members.Get(image, "Width"), Members.Get(image, "Height")));

    public static MimeBundle? ShowSeveral(object images)
    {
        int count = ((System.Collections.IEnumerable)images).Cast<object>().Count();
        return count == 0 ? null : KnownPicture.Of(MimeTypes.Gif, Write(images, "Gif"), $"{TypeName.Of(images.GetType())}, {count} images");
    }

    // The formats are in the assembly that the interfaces are in.
    private static byte[] Write(object image, string format)
    {
        var formats = image.GetType().GetInterfaces().Select(type => type.Assembly.GetType("ImageMagick.MagickFormat")).First(type => type != null)!;
        return (byte[])Members.Call(image, "ToByteArray", Enum.Parse(formats, format))!;
    }
}
