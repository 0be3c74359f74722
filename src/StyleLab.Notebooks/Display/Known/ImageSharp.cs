namespace StyleLab.Notebooks;

/// <summary>Images of SixLabors.ImageSharp: PNG, or GIF where they move.</summary>
internal static class ImageSharp
{
    public static MimeBundle Show(object image)
    {
        var frames = (System.Collections.IEnumerable)Members.Get(image, "Frames")!;
        bool moves = frames.Cast<object>().Skip(1).Any();
        using var file = new MemoryStream();
        Members.CallStatic(Members.TypeBeside(image.GetType().BaseType!, "SixLabors.ImageSharp.ImageExtensions"), moves ? "SaveAsGif" : "SaveAsPng", image, file);
        return KnownPicture.Of(moves ? MimeTypes.Gif : MimeTypes.Png, file.ToArray(),
            KnownPicture.Text(image, Members.Get(image, "Width"), Members.Get(image, "Height")));
    }
}
