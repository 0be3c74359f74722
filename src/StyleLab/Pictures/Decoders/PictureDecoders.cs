namespace StyleLab.Pictures.Decoders;

/// <summary>Which library reads what is neither PNG nor JPEG.</summary>
internal static class PictureDecoders
{
    private const string SaveOtherwise = "save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.";

    /// <summary>The formats that are read, for a sentence.</summary>
    public static string Formats => SkiaLibrary.IsThere ? "PNG, JPEG, WebP, GIF, BMP and icons" : "PNG and JPEG";

    /// <summary>Whether a library could read it: if not, nobody need look at more than its start.</summary>
    /// <param name="content">Words of <see cref="FileContent.Recognize"/>.</param>
    public static bool MayRead(string content) => IsForSkia(content);

    /// <summary>The library that reads it; null if there is none.</summary>
    /// <param name="content">Words of <see cref="FileContent.Recognize"/>.</param>
    public static IPictureDecoder? For(string content) => IsForSkia(content) ? SkiaLibrary.Decoder : null;

    /// <summary>What is to be done with a picture that is not read.</summary>
    /// <param name="content">Words of <see cref="FileContent.Recognize"/>.</param>
    public static string WhatToDo(string content) => (IsForSkia(content), SkiaLibrary.Fault) switch
    {
        (false, _) => SaveOtherwise,
        (_, null) => $"add the package StyleLab.Skia, or {SaveOtherwise}",
        (_, { } fault) => $"StyleLab.Skia does not run here ({fault}); {SaveOtherwise}",
    };

    private static bool IsForSkia(string content) => content is FileContent.WebP or FileContent.Gif or FileContent.Bmp or FileContent.Icon;
}
