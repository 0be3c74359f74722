using System.IO.Compression;
using System.Text;

namespace StyleLab.Pictures.Png;

/// <summary>
/// The text chunks of a PNG file (PNG specification, section 11.3.3): tEXt in Latin-1, zTXt the same compressed,
/// iTXt in UTF-8. The picture does not depend on them: text that is malformed is left out.
/// </summary>
internal sealed class PngText
{
    // All text of a file together: enough for any recipe, too little to fill the memory from a small file.
    private const int MaxBytes = 16 << 20;

    private readonly Dictionary<string, string> _entries = [];
    private int _bytesLeft = MaxBytes;

    public IReadOnlyDictionary<string, string> Entries => _entries.AsReadOnly();

    /// <summary>Whether PNG allows this keyword (PNG specification, section 11.3.3.2).</summary>
    public static bool IsKeyword(string keyword) =>
        keyword.Length is >= 1 and <= 79 && keyword.All(IsPrintableLatin1)
        && keyword[0] != ' ' && keyword[^1] != ' ' && !keyword.Contains("  ");

    /// <summary>Reads a tEXt, zTXt or iTXt chunk.</summary>
    public void Add(PngChunk chunk)
    {
        if (!TrySplit(chunk.Data, out var keywordBytes, out var rest))
            return;
        var keyword = Encoding.Latin1.GetString(keywordBytes);
        if (!IsKeyword(keyword))
            return;

        var isCompressed = chunk.Type == "zTXt";
        if (chunk.Type == "zTXt")
        {
            // The compression method, always 0.
            if (rest.IsEmpty || rest[0] != 0)
                return;
            rest = rest[1..];
        }
        else if (chunk.Type == "iTXt")
        {
            // Compression flag and method, language, translated keyword.
            if (rest.Length < 2 || rest[0] > 1 || rest[1] != 0)
                return;
            isCompressed = rest[0] == 1;
            if (!TrySplit(rest[2..], out _, out rest) || !TrySplit(rest, out _, out rest))
                return;
        }

        if (isCompressed && !TryUnpack(rest, out rest))
            return;
        if (rest.Length > _bytesLeft)
            return;
        _bytesLeft -= rest.Length;
        _entries[keyword] = (chunk.Type == "iTXt" ? Encoding.UTF8 : Encoding.Latin1).GetString(rest);
    }

    public static void Write(Stream target, string keyword, string text)
    {
        var isLatin1 = text.All(c => c == '\n' || IsPrintableLatin1(c));
        using var data = new MemoryStream();
        data.Write(Encoding.Latin1.GetBytes(keyword));
        // After the keyword's NUL, iTXt has: not compressed, method 0, no language, no translated keyword.
        data.Write(isLatin1 ? [0] : [0, 0, 0, 0, 0]);
        data.Write((isLatin1 ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text));
        PngChunk.Write(target, isLatin1 ? "tEXt" : "iTXt", data.GetBuffer().AsSpan(0, (int)data.Length));
    }

    private static bool IsPrintableLatin1(char c) => c is (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u00FF');

    private static bool TrySplit(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> beforeNul, out ReadOnlySpan<byte> afterNul)
    {
        var nul = data.IndexOf((byte)0);
        beforeNul = data[..Math.Max(0, nul)];
        afterNul = data[(nul + 1)..];
        return nul >= 0;
    }

    private bool TryUnpack(ReadOnlySpan<byte> compressed, out ReadOnlySpan<byte> text)
    {
        text = default;
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            var buffer = new byte[4096];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                if (unpacked.Length + count > _bytesLeft)
                    return false;
                unpacked.Write(buffer, 0, count);
            }
            text = unpacked.ToArray();
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return false;
        }
    }
}
