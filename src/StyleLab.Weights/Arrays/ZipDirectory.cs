using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StyleLab.Weights;

/// <summary>A file inside a zip file.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Begin">Where its bytes begin in the archive.</param>
/// <param name="Stored">How many bytes there are.</param>
/// <param name="Length">How many they are when unpacked; the same unless <paramref name="IsDeflated"/>.</param>
/// <param name="IsDeflated">True if they are compressed.</param>
internal sealed record ZipEntry(string Name, long Begin, long Stored, long Length, bool IsDeflated)
{
    public ByteRange Storage => new(Begin, Length, IsDeflated);
}

/// <summary>
/// The directory of a zip file with the places of its entries, so that numbers can be read from the middle of one
/// (APPNOTE.TXT, 4.3, with the 64-bit extensions that PyTorch writes). Checked: every entry lies in the file, none overlap,
/// and none unpacks to far more than it is.
/// </summary>
internal static class ZipDirectory
{
    private const int MostEntries = 100_000;
    private const long LongestDirectory = 32 << 20;

    // Weights hardly compress; what unpacks to so much more is made to fill the memory.
    private const long MostUnpacked = 64, UnpackedAnyway = 1 << 20;

    private const uint Saturated = uint.MaxValue;

    /// <exception cref="InvalidDataException">The message says, after a colon, what is wrong.</exception>
    public static IReadOnlyList<ZipEntry> Read(Stream file)
    {
        var (count, begin, length) = FindDirectory(file);
        if (count > MostEntries || length > LongestDirectory || begin > (ulong)file.Length || begin + length > (ulong)file.Length)
            throw new InvalidDataException(
                $"its directory of {count} entries would take {length} bytes from byte {begin}, but the file has {file.Length}; it may be cut off.");
        var directory = ReadAt(file, (long)begin, (int)length);
        var entries = new List<ZipEntry>();
        var at = 0;
        for (ulong i = 0; i < count; i++)
            entries.Add(Locate(file, ReadEntry(directory, ref at), (long)begin));
        RefuseOverlaps(entries);
        return entries;
    }

    /// <summary>The whole contents of a small entry.</summary>
    public static byte[] Contents(Stream file, ZipEntry entry, int longest)
    {
        if (entry.Length > longest)
            throw new InvalidDataException($"its part {Quoted.Text(entry.Name)} has {entry.Length} bytes; up to {longest} are read.");
        if (!entry.IsDeflated)
            return ReadAt(file, entry.Begin, (int)entry.Length);
        file.Position = entry.Begin;
        using var inflated = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
        var contents = new byte[entry.Length];
        inflated.ReadExactly(contents);
        return contents;
    }

    private sealed record Announced(string Name, bool IsDeflated, ulong Stored, ulong Length, ulong Header);

    private static (ulong Count, ulong Begin, ulong Length) FindDirectory(Stream file)
    {
        const int endLength = 22, longestComment = ushort.MaxValue;
        var tailLength = (int)Math.Min(file.Length, endLength + longestComment);
        var tailBegin = file.Length - tailLength;
        var tail = ReadAt(file, tailBegin, tailLength);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + endLength > tail.Length)
            throw new InvalidDataException("the directory at the end of the zip file is missing; the file may be cut off.");
        var record = tail.AsSpan(end);
        ulong count = U16(record[10..]), length = U32(record[12..]), begin = U32(record[16..]);
        const int locatorLength = 20, end64Length = 56;
        if (end < locatorLength || !tail.AsSpan(end - locatorLength).StartsWith("PK\u0006\u0007"u8))
            return (count, begin, length);
        var end64 = U64(tail.AsSpan(end - locatorLength + 8));
        if (end64 > (ulong)(tailBegin + end))
            throw new InvalidDataException($"the second directory is said to be at byte {end64}, beyond the first.");
        var record64 = ReadAt(file, (long)end64, end64Length).AsSpan();
        if (!record64.StartsWith("PK\u0006\u0006"u8))
            throw new InvalidDataException($"there is no second directory at byte {end64}.");
        return (U64(record64[32..]), U64(record64[48..]), U64(record64[40..]));
    }

    private static Announced ReadEntry(byte[] directory, ref int at)
    {
        const int fixedLength = 46;
        var entry = directory.AsSpan(Math.Min(at, directory.Length));
        if (entry.Length < fixedLength || !entry.StartsWith("PK\u0001\u0002"u8))
            throw new InvalidDataException($"its directory is damaged at byte {at}.");
        int flags = U16(entry[8..]), method = U16(entry[10..]);
        ulong stored = U32(entry[20..]), length = U32(entry[24..]), header = U32(entry[42..]);
        int nameLength = U16(entry[28..]), extraLength = U16(entry[30..]), commentLength = U16(entry[32..]);
        if (entry.Length < fixedLength + nameLength + extraLength + commentLength)
            throw new InvalidDataException($"its directory is damaged at byte {at}.");
        var name = Encoding.UTF8.GetString(entry.Slice(fixedLength, nameLength));
        ReadLargeNumbers(entry.Slice(fixedLength + nameLength, extraLength), ref length, ref stored, ref header);
        if ((flags & 1) != 0)
            throw new InvalidDataException($"its part {Quoted.Text(name)} is encrypted.");
        if (method is not (0 or 8))
            throw new InvalidDataException($"its part {Quoted.Text(name)} is compressed by method {method}; 0 (not) and 8 (deflate) are read.");
        if (method == 0 && stored != length)
            throw new InvalidDataException($"its part {Quoted.Text(name)} has {stored} bytes where {length} were announced.");
        at += fixedLength + nameLength + extraLength + commentLength;
        return new(name, method == 8, stored, length, header);
    }

    /// <summary>Numbers that did not fit stand in an extra field, in this order.</summary>
    private static void ReadLargeNumbers(ReadOnlySpan<byte> extra, ref ulong length, ref ulong stored, ref ulong header)
    {
        const int largeNumbers = 1;
        while (extra.Length >= 4)
        {
            var size = U16(extra[2..]);
            if (4 + size > extra.Length)
                return;
            if (U16(extra) == largeNumbers)
            {
                var numbers = extra.Slice(4, size);
                Take(ref numbers, ref length);
                Take(ref numbers, ref stored);
                Take(ref numbers, ref header);
            }
            extra = extra[(4 + size)..];
        }

        static void Take(ref ReadOnlySpan<byte> numbers, ref ulong value)
        {
            if (value != Saturated || numbers.Length < 8)
                return;
            value = U64(numbers);
            numbers = numbers[8..];
        }
    }

    /// <summary>The place of an entry's bytes, behind its own header.</summary>
    private static ZipEntry Locate(Stream file, Announced entry, long directory)
    {
        const int fixedLength = 30;
        var name = Quoted.Text(entry.Name);
        if (entry.Header > (ulong)directory || (ulong)directory - entry.Header < fixedLength)
            throw new InvalidDataException($"its part {name} is said to be at byte {entry.Header}, outside the file's contents.");
        var header = ReadAt(file, (long)entry.Header, fixedLength).AsSpan();
        if (!header.StartsWith("PK\u0003\u0004"u8))
            throw new InvalidDataException($"its part {name} is not at byte {entry.Header}, where it is said to be.");
        var begin = (long)entry.Header + fixedLength + U16(header[26..]) + U16(header[28..]);
        if (entry.Stored > (ulong)Math.Max(0, directory - begin))
            throw new InvalidDataException($"its part {name} of {entry.Stored} bytes does not fit into the file.");
        if (entry.Length > long.MaxValue || (long)entry.Length > Math.Max(UnpackedAnyway, MostUnpacked * (long)entry.Stored))
            throw new InvalidDataException(
                $"its part {name} would grow from {entry.Stored} to {entry.Length} bytes when unpacked; more than {MostUnpacked} times is refused.");
        return new(entry.Name, begin, (long)entry.Stored, (long)entry.Length, entry.IsDeflated);
    }

    private static void RefuseOverlaps(List<ZipEntry> entries)
    {
        var names = new HashSet<string>();
        foreach (var entry in entries)
            if (!names.Add(entry.Name))
                throw new InvalidDataException($"it has two parts {Quoted.Text(entry.Name)}.");
        long end = 0;
        foreach (var entry in entries.Where(entry => entry.Stored > 0).OrderBy(entry => entry.Begin))
        {
            if (entry.Begin < end)
                throw new InvalidDataException($"its part {Quoted.Text(entry.Name)} overlaps another.");
            end = entry.Begin + entry.Stored;
        }
    }

    private static byte[] ReadAt(Stream file, long position, int length)
    {
        var bytes = new byte[length];
        file.Position = position;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
