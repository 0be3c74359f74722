namespace StyleLab.Pictures.Decoders;

/// <summary>Which library reads what is neither PNG nor JPEG.</summary>
internal static class PictureDecoders
{
    private const string SaveOtherwise = "save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.";

    /// <summary>The formats that are read, for a sentence.</summary>
    public static string Formats => SkiaLibrary.IsThere ? "PNG, JPEG, WebP, GIF, BMP and icons" : "PNG and JPEG";

    /// <summary>Whether a library could read it: if not, nobody need look at more than its start.</summary>
    /// <param name="content">Words of <see cref="FileContent.Recognize"/>.</param>
    public static bool MayRead(string content) => IsForSkia(content) || IsForMagick(content);

    /// <summary>The library that reads it; null if there is none.</summary>
    /// <param name="content">Words of <see cref="FileContent.Recognize"/>.</param>
    public static IPictureDecoder? For(string content) => (IsForSkia(content) ? SkiaLibrary.Decoder : null) ?? (MayRead(content) ? MagickDecoder.Find() : null);

    /// <summary>What is to be done with a picture that is not read.</summary>
    /// <param name="content">Words of <see cref="FileContent.Recognize"/>.</param>
    public static string WhatToDo(string content) => (IsForSkia(content), SkiaLibrary.Fault) switch
    {
        (true, null) => $"add the package StyleLab.Skia, or {SaveOtherwise}",
        (true, { } fault) => $"StyleLab.Skia does not run here ({fault}); {SaveOtherwise}",
        _ when IsForMagick(content) => $"`#r \"nuget: {MagickDecoder.Package}\"` in a cell reads it; or {SaveOtherwise}",
        _ => SaveOtherwise,
    };

    private static bool IsForSkia(string content) => content is FileContent.WebP or FileContent.Gif or FileContent.Bmp or FileContent.Icon;

    private static bool IsForMagick(string content) =>
        content is FileContent.Tiff or FileContent.Avif or FileContent.Heic or FileContent.Jpeg2000 or FileContent.JpegXl or FileContent.Photoshop or FileContent.Pnm;
}
