using System.Buffers;
using System.Text;

namespace StyleLab.Pictures;

/// <summary>Tells from the first bytes of a file what it holds, in words for an error message.</summary>
internal static class FileContent
{
    public const string Png = "a PNG picture";
    public const string Jpeg = "a JPEG picture";

    /// <summary>How many bytes from the start are enough to tell.</summary>
    public const int StartLength = 64;

    public static string Recognize(ReadOnlySpan<byte> data)
    {
        var start = data[..Math.Min(data.Length, StartLength)];
        if (start.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (start.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return Jpeg;
        if (start.StartsWith("GIF8"u8)) return "a GIF picture";
        if (start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8)) return "a WebP picture";
        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8))
            return start[8..].StartsWith("avif"u8) ? "an AVIF picture"
                : start[8..].StartsWith("hei"u8) || start[8..].StartsWith("mif1"u8) ? "a HEIC picture"
                : "a film";
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8)) return "a TIFF picture";
        if (start.StartsWith("BM"u8) && start.Length >= 10 && start[6..10].IndexOfAnyExcept((byte)0) < 0) return "a BMP picture";
        if (start.StartsWith("%PDF"u8)) return "a PDF document";
        return IsText(start) ? DescribeText(start) : $"bytes that begin with {Convert.ToHexString(start[..Math.Min(8, start.Length)])}";
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
