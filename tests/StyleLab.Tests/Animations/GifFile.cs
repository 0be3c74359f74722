using System.Buffers.Binary;

namespace StyleLab.Tests.Animations;

/// <summary>Reads a GIF as a viewer would: what is on the screen after each frame.</summary>
internal sealed class GifFile
{
    private readonly byte[] _bytes;
    private int _at;

    public GifFile(byte[] bytes)
    {
        _bytes = bytes;
        Assert.Equal("GIF89a"u8.ToArray(), bytes[..6]);
        _at = 6;
        (Width, Height) = (Read16(), Read16());
        int flags = _bytes[_at];
        _at += 3;
        int[] shared = ReadTable(flags);
        var screen = new int[Width * Height];
        int delay = 0, transparent = -1;
        while (_bytes[_at++] is var mark and not 0x3B)
        {
            if (mark == 0x2C)
                ReadFrame(shared, screen, delay, transparent);
            else if (_bytes[_at++] == 0xF9)
            {
                delay = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_at + 2));
                transparent = _bytes[_at + 1] % 2 == 1 ? _bytes[_at + 4] : -1;
                ReadBlocks();
            }
            else
                Repeats = BinaryPrimitives.ReadUInt16LittleEndian(ReadBlocks().AsSpan(12));
        }
        Assert.Equal(bytes.Length, _at);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>How often the file is to be repeated; null if it does not say.</summary>
    public int? Repeats { get; }

    public List<(int[] Screen, int Delay, (int Left, int Top, int Width, int Height) Part, bool OwnPalette)> Frames { get; } = [];

    private void ReadFrame(int[] shared, int[] screen, int delay, int transparent)
    {
        int left = Read16(), top = Read16(), width = Read16(), height = Read16();
        int flags = _bytes[_at++];
        int[] table = flags >= 0x80 ? ReadTable(flags) : shared;
        int bits = _bytes[_at++];
        var indices = Decompress(ReadBlocks(), bits);
        Assert.Equal(width * height, indices.Count);
        for (int i = 0; i < indices.Count; i++)
            if (indices[i] != transparent)
                screen[(top + i / width) * Width + left + i % width] = table[indices[i]];
        Frames.Add(([.. screen], delay, (left, top, width, height), flags >= 0x80));
    }

    private static List<byte> Decompress(byte[] data, int bits)
    {
        int clear = 1 << bits, size = bits + 1, at = 0;
        var table = new List<byte[]>();
        byte[]? before = null;
        var indices = new List<byte>();
        while (true)
        {
            int code = 0;
            for (int bit = 0; bit < size; bit++, at++)
                code |= (data[at / 8] >> (at % 8) & 1) << bit;
            if (code == clear + 1)
                return indices;
            if (code == clear)
            {
                table = [.. Enumerable.Range(0, clear + 2).Select(i => new[] { (byte)i })];
                (size, before) = (bits + 1, null);
                continue;
            }
            byte[] run = code < table.Count ? table[code] : [.. before!, before![0]];
            indices.AddRange(run);
            if (before != null && table.Count < 4096)
                table.Add([.. before, run[0]]);
            if (table.Count == 1 << size && size < 12)
                size++;
            before = run;
        }
    }

    private int Read16()
    {
        _at += 2;
        return BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_at - 2));
    }

    private int[] ReadTable(int flags)
    {
        var table = new int[2 << (flags & 7)];
        for (int i = 0; i < table.Length; i++, _at += 3)
            table[i] = _bytes[_at] << 16 | _bytes[_at + 1] << 8 | _bytes[_at + 2];
        return table;
    }

    private byte[] ReadBlocks()
    {
        var data = new List<byte>();
        for (int length; (length = _bytes[_at++]) > 0; _at += length)
            data.AddRange(_bytes.AsSpan(_at, length));
        return [.. data];
    }
}
