using System.Buffers.Binary;
using System.IO.Compression;
using StyleLab.Pictures;

namespace StyleLab.Tests.Pictures.Jpeg;

/// <summary>The files that make_jpeg_fixtures.py made, and the pixels that Pillow decodes from them.</summary>
internal static class JpegFixture
{
    private static readonly string s_folder = Path.Combine(Repository.Folder, "tests", "StyleLab.Tests", "Pictures", "Jpeg", "fixtures");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(s_folder, "*.jpg").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    public static byte[] Data(string name) => File.ReadAllBytes(Path.Combine(s_folder, name + ".jpg"));

    /// <summary>Width, height and RGB bytes, pixel by pixel.</summary>
    public static (int Width, int Height, byte[] Rgb) Expected(string name)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(s_folder, name + ".rgb.gz")), CompressionMode.Decompress);
        var content = new MemoryStream();
        file.CopyTo(content);
        byte[] bytes = content.ToArray();
        return (BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2)), bytes[4..]);
    }

    /// <summary>A picture's RGB bytes, pixel by pixel.</summary>
    public static byte[] ToRgb(Picture picture)
    {
        int pixels = picture.Width * picture.Height;
        var rgb = new byte[3 * pixels];
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = PixelRounding.ToByte(picture.Values[i % 3 * pixels + i / 3]);
        return rgb;
    }
}
