using System.Buffers;
using System.Text;

namespace StyleLab.Reading;

/// <summary>Tells from the first bytes of a file what it holds, in words for an error message.</summary>
internal static class FileContent
{
    public const string Png = "a PNG" + PictureEnding;
    public const string Jpeg = "a JPEG" + PictureEnding;

    public const string Gif = "a GIF" + PictureEnding;
    public const string WebP = "a WebP" + PictureEnding;
    public const string Bmp = "a BMP" + PictureEnding;
    public const string Icon = "an icon" + PictureEnding;
    public const string Tiff = "a TIFF" + PictureEnding;
    public const string Avif = "an AVIF" + PictureEnding;
    public const string Heic = "a HEIC" + PictureEnding;
    public const string Jpeg2000 = "a JPEG 2000" + PictureEnding;
    public const string JpegXl = "a JPEG XL" + PictureEnding;
    public const string Photoshop = "a Photoshop" + PictureEnding;
    public const string Pnm = "a PNM" + PictureEnding;

    private const string PictureEnding = " picture";

    /// <summary>How many bytes from the start are enough to tell.</summary>
    public const int StartLength = 64;

    public static string Recognize(ReadOnlySpan<byte> data)
    {
        var start = data[..Math.Min(data.Length, StartLength)];
        if (start.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (start.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return Jpeg;
        if (PictureFormat(start) is { } format) return format + PictureEnding;
        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8)) return "a film";
        if (start.StartsWith("%PDF"u8)) return "a PDF document";
        return IsText(start) ? DescribeText(start) : $"bytes that begin with {Convert.ToHexString(start[..Math.Min(8, start.Length)])}";
    }

    /// <summary>True for words of <see cref="Recognize"/> that name a picture, read here or not.</summary>
    public static bool IsPicture(string content) => content.EndsWith(PictureEnding, StringComparison.Ordinal);

    /// <summary>The format alone, such as "WebP", of words of <see cref="Recognize"/> that name a picture.</summary>
    public static string FormatOf(string content) => content[(content.IndexOf(' ') + 1)..^PictureEnding.Length];

    private static string? PictureFormat(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("GIF8"u8)) return "a GIF";
        if (start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8)) return "a WebP";
        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8))
            return start[8..].StartsWith("avif"u8) || start[8..].StartsWith("avis"u8) ? "an AVIF"
                : start[8..].StartsWith("hei"u8) || start[8..].StartsWith("hev"u8) || start[8..].StartsWith("mif1"u8) || start[8..].StartsWith("msf1"u8) ? "a HEIC"
                : start[8..].StartsWith("crx"u8) ? "a camera's raw (CR3)"
                : null;
        if (start.StartsWith("II*\0"u8) && start.Length >= 10 && start[8..].StartsWith("CR"u8)) return "a camera's raw (CR2)";
        if (start.StartsWith("FUJIFILMCCD-RAW"u8)) return "a camera's raw (RAF)";
        // Most raw files of cameras are TIFF files, too.
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8)) return "a TIFF";
        if (start.StartsWith("BM"u8) && start.Length >= 10 && start[6..10].IndexOfAnyExcept((byte)0) < 0) return "a BMP";
        if (start.StartsWith<byte>([0xFF, 0x0A]) || start.StartsWith("\0\0\0\fJXL "u8)) return "a JPEG XL";
        if (start.StartsWith("\0\0\0\fjP  "u8) || start.StartsWith<byte>([0xFF, 0x4F, 0xFF, 0x51])) return "a JPEG 2000";
        if (start.StartsWith("8BPS"u8)) return "a Photoshop";
        if (start.StartsWith<byte>([0x76, 0x2F, 0x31, 0x01])) return "an OpenEXR";
        if (start.StartsWith("#?RADIANCE"u8)) return "a Radiance HDR";
        if (start.StartsWith<byte>([0, 0, 1, 0]) && start.Length >= 6 && start[4] is > 0 and < 64 && start[5] == 0) return "an icon";
        if (start.Length >= 3 && start[0] == 'P' && start[1] is >= (byte)'1' and <= (byte)'7' && start[2] is (byte)'\n' or (byte)' ') return "a PNM";
        return null;
    }

    private static string DescribeText(ReadOnlySpan<byte> start)
    {
        var text = Encoding.UTF8.GetString(start).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? "a web page"
            : text.StartsWith("<svg", StringComparison.Ordinal) ? "an SVG drawing"
            : text.StartsWith("version https://git-lfs", StringComparison.Ordinal) ? "a Git LFS pointer"
            : "text";
    }

    // The start may end inside a character: only then is the last one allowed to be incomplete.
    private static bool IsText(ReadOnlySpan<byte> start)
    {
        while (!start.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(start, out var rune, out var length);
            if (status == OperationStatus.NeedMoreData)
                return true;
            if (status != OperationStatus.Done || (Rune.IsControl(rune) && rune.Value is not ('\t' or '\r' or '\n' or '\f')))
                return false;
            start = start[length..];
        }
        return true;
    }
}
