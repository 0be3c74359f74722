using System.Buffers.Binary;
using System.Text;

namespace StyleLab.NativeLibraries;

/// <summary>
/// A native library of Linux, 64 bits, little-endian: which versions of other libraries it asks for, and which of them it uses. It reads what
/// the system's loader reads, the dynamic segment, and believes nothing that does not lie inside the file.
/// </summary>
/// <remarks>System V Application Binary Interface, chapters 4 and 5; Linux Standard Base, Symbol Versioning.</remarks>
internal sealed class ElfFile
{
    private const int HeaderSize = 64, SegmentSize = 56, DynamicSize = 16, RelaSize = 24, RelSize = 16, NeedSize = 16;
    private const int LoadSegment = 1, DynamicSegment = 2;
    private const int Hidden = 0x8000;
    private const ushort Weak = 2;

    private readonly byte[] _file;
    private readonly List<(ulong Address, ulong Offset, ulong Size)> _segments = [];
    private readonly Dictionary<ulong, ulong> _dynamic = [];

    private ElfFile(byte[] file)
    {
        _file = file;
        ReadSegments();
        Needs = [.. ReadNeeds()];
    }

    /// <summary>The versions it asks for, in the order of the file.</summary>
    public IReadOnlyList<VersionNeed> Needs { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no such library, or damaged.</exception>
    public static ElfFile Read(byte[] file)
    {
        if (file.Length < HeaderSize || !file.AsSpan().StartsWith<byte>([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("it is no ELF file of 64 bits");
        return new ElfFile(file);
    }

    /// <summary>Whether anything that is bound when the library is loaded, or called for the first time, is a symbol of that version.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool Uses(VersionNeed need) => BoundSymbols().Any(symbol => (VersionOf(symbol) & ~Hidden) == need.Index);

    /// <summary>A copy that is loaded without these versions as well.</summary>
    /// <exception cref="InvalidDataException">One of them is in use.</exception>
    public byte[] Without(IEnumerable<VersionNeed> needs)
    {
        byte[] copy = [.. _file];
        foreach (var need in needs)
        {
            if (Uses(need))
                throw new InvalidDataException($"it uses {need.Version} of {need.Library}");
            var flags = copy.AsSpan(checked((int)need.FlagsAt), sizeof(ushort));
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Weak));
        }
        return copy;
    }

    private void ReadSegments()
    {
        ulong table = Long(0x20);
        int size = Short(0x36), count = Short(0x38);
        if (size < SegmentSize)
            throw new InvalidDataException("its program headers have a size of their own");
        for (int i = 0; i < count; i++)
        {
            ulong at = table + (ulong)(i * size);
            if (Int(at) == LoadSegment)
                _segments.Add((Long(at + 0x10), Long(at + 0x08), Long(at + 0x20)));
        }
        for (int i = 0; i < count; i++)
        {
            ulong at = table + (ulong)(i * size);
            if (Int(at) == DynamicSegment)
                ReadDynamic(Long(at + 0x08), Long(at + 0x20));
        }
        if (_dynamic.Count == 0)
            throw new InvalidDataException("it has no dynamic segment, and is no library then");
    }

    private void ReadDynamic(ulong offset, ulong size)
    {
        for (ulong at = 0; at + DynamicSize <= size; at += DynamicSize)
        {
            ulong tag = Long(offset + at);
            if (tag == Tag.End)
                return;
            _dynamic[tag] = Long(offset + at + 8);
        }
    }

    private IEnumerable<VersionNeed> ReadNeeds()
    {
        if (!_dynamic.TryGetValue(Tag.VersionNeeds, out ulong address))
            yield break;
        ulong at = OffsetOf(address), files = _dynamic.GetValueOrDefault(Tag.VersionNeedsCount);
        for (ulong file = 0; file < files; file++)
        {
            string library = Text(Int(at + 4));
            ulong version = at + Int(at + 8);
            int count = Short(at + 2);
            for (int i = 0; i < count; i++)
            {
                yield return new(library, Text(Int(version + 8)), Short(version + 6), (Short(version + 4) & Weak) != 0, (long)version + 4);
                version += Next(version + 12, i == count - 1);
            }
            at += Next(at + 12, file == files - 1);
        }
    }

    // Each entry says how far the next one is; 0 ends the chain, and a file that says so too early would be read for ever.
    private ulong Next(ulong at, bool isLast)
    {
        uint step = Int(at);
        return step >= NeedSize || isLast ? step : throw new InvalidDataException("its list of versions ends too early");
    }

    private IEnumerable<uint> BoundSymbols()
    {
        bool plain = _dynamic.GetValueOrDefault(Tag.JumpKind) == Tag.Rel;
        return
        [
            .. Symbols(Tag.Rela, Tag.RelaBytes, RelaSize),
            .. Symbols(Tag.Rel, Tag.RelBytes, RelSize),
            .. Symbols(Tag.Jumps, Tag.JumpBytes, plain ? RelSize : RelaSize),
        ];
    }

    private IEnumerable<uint> Symbols(ulong table, ulong bytes, int entry)
    {
        if (!_dynamic.TryGetValue(table, out ulong address))
            yield break;
        ulong at = OffsetOf(address), end = at + _dynamic.GetValueOrDefault(bytes);
        for (; at + (ulong)entry <= end; at += (ulong)entry)
            if ((uint)(Long(at + 8) >> 32) is var symbol && symbol != 0)
                yield return symbol;
    }

    private int VersionOf(uint symbol) => _dynamic.TryGetValue(Tag.SymbolVersions, out ulong address)
        ? Short(OffsetOf(address) + 2 * (ulong)symbol)
        : throw new InvalidDataException("it does not say which versions its symbols have");

    private string Text(uint index)
    {
        ulong start = OffsetOf(_dynamic.GetValueOrDefault(Tag.Texts)) + index;
        int end = start < (ulong)_file.Length ? Array.IndexOf(_file, (byte)0, (int)start) : -1;
        return end >= 0 ? Encoding.ASCII.GetString(_file, (int)start, end - (int)start) : throw Outside();
    }

    private ulong OffsetOf(ulong address)
    {
        foreach (var segment in _segments)
            if (address >= segment.Address && address - segment.Address < segment.Size)
                return segment.Offset + (address - segment.Address);
        throw Outside();
    }

    private ulong Long(ulong at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(at, sizeof(ulong)));

    private uint Int(ulong at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, sizeof(uint)));

    private int Short(ulong at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(at, sizeof(ushort)));

    private ReadOnlySpan<byte> Bytes(ulong at, int count) =>
        at <= (ulong)(_file.Length - count) ? _file.AsSpan((int)at, count) : throw Outside();

    private static InvalidDataException Outside() => new("it names places beyond its end; it may be cut off");

    /// <summary>What the entries of the dynamic segment are.</summary>
    private static class Tag
    {
        public const ulong End = 0, Texts = 5, Rela = 7, RelaBytes = 8, Rel = 17, RelBytes = 18, JumpKind = 20, Jumps = 23, JumpBytes = 2,
            SymbolVersions = 0x6ffffff0, VersionNeeds = 0x6ffffffe, VersionNeedsCount = 0x6fffffff;
    }
}
