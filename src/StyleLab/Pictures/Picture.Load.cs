using System.Security.Cryptography;
using StyleLab.Pictures;
using StyleLab.Pictures.Decoders;
using StyleLab.Pictures.Jpeg;
using StyleLab.Pictures.Png;

namespace StyleLab;

public sealed partial class Picture
{
    // No picture file of 100 megapixels comes near this; it keeps a wrong path from filling the memory.
    internal const int MaxFileBytes = 1_000_000_000;

    /// <summary>
    /// Reads a PNG or JPEG file; with <c>StyleLab.Skia</c>, which the <c>stylelab</c> command and its kernel bring, a WebP, GIF (its first frame),
    /// BMP or icon as well; where Magick.NET is referenced, by the program or by a cell (<c>#r "nuget: Magick.NET-Q8-AnyCPU"</c>), a TIFF, AVIF, HEIC,
    /// JPEG 2000, JPEG XL, PNM or Photoshop file, too. The content decides the format, not the extension. A picture that is transparent in places has an
    /// <see cref="Alpha"/>. The picture is turned the way its EXIF orientation says, and its colours are brought to sRGB as its ICC profile says, or a PNG's
    /// gAMA, cHRM and cICP. Profiles of inks (CMYK) are followed with <c>StyleLab.Skia</c>. The picture remembers its
    /// <see cref="Origin"/>.
    /// </summary>
    /// <param name="path">A file of at most 100 megapixels.</param>
    /// <exception cref="StyleLabException">There is no such file, or it is not a picture that can be read.</exception>
    public static Picture Load(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new StyleLabException("The path of the picture is empty: give the path of a picture file, such as a PNG or JPEG.");
        if (Directory.Exists(path))
            throw new StyleLabException($"{path} is a folder: give the path of a picture file in it.");
        try
        {
            var data = ReadFile(path);
            var file = path.Replace(Path.DirectorySeparatorChar, '/');
            var picture = Decode(data, path);
            return picture.LoadedFrom(new(file, Convert.ToHexStringLower(SHA256.HashData(data.Span)), picture.Alpha is null ? [] : [PictureOrigin.KeepAlpha]));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StyleLabException($"{path} does not exist (looked for {Path.GetFullPath(path)}).", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StyleLabException($"{path} cannot be read: access is denied.", e);
        }
        catch (IOException e)
        {
            throw new StyleLabException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a picture from the bytes of a file, as <see cref="Load"/> does.</summary>
    /// <param name="data">The whole content of the file.</param>
    /// <param name="name">What to call the picture in an error, for example its path.</param>
    /// <exception cref="StyleLabException">The data is not a picture that can be read.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> data, string? name = null)
    {
        name ??= "The data";
        if (data.IsEmpty)
            throw new StyleLabException($"{name} is empty: there is no picture in it.");
        var content = FileContent.Recognize(data.Span);
        if (!FileContent.IsPicture(content))
            throw new StyleLabException($"{name} is not a picture that can be read: it holds {content}; {PictureDecoders.Formats} are read.");
        Picture? picture;
        try
        {
            picture = content switch
            {
                FileContent.Png => PngReader.Read(data.Span),
                FileContent.Jpeg => JpegReader.Read(data.Span),
                _ => PictureDecoders.For(content)?.Decode(data.Span, FileContent.FormatOf(content)),
            };
        }
        catch (StyleLabException e)
        {
            throw new StyleLabException($"{name} cannot be read: {char.ToLowerInvariant(e.Message[0])}{e.Message[1..]}", e);
        }
        return picture ?? throw new StyleLabException($"{name} holds {content}, which is not read: {PictureDecoders.WhatToDo(content)}");
    }

    private static ReadOnlyMemory<byte> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[FileContent.StartLength];
        var startLength = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        // A wrong file is told from its start: a film of many gigabytes, or a device without an end, is not read through.
        string recognized = FileContent.Recognize(start.AsSpan(0, startLength));
        if (recognized is not (FileContent.Png or FileContent.Jpeg) && !PictureDecoders.MayRead(recognized))
            return start.AsMemory(0, startLength);

        using var content = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, MaxFileBytes) : 0);
        content.Write(start, 0, startLength);
        var buffer = new byte[81920];
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            if (content.Length + count > MaxFileBytes)
                throw new StyleLabException($"{path} is too large: picture files of up to {MaxFileBytes / 1_000_000} MB are read.");
            content.Write(buffer, 0, count);
        }
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
