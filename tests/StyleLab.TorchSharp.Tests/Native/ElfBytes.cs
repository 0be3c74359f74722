using System.Buffers.Binary;
using System.Text;

namespace StyleLab.TorchSharp.Tests.Native;

/// <summary>A library of Linux with nothing in it but what its loader reads: two versions that it asks for, three symbols, relocations.</summary>
internal static class ElfBytes
{
    private const int Dynamic = 0x100, Texts = 0x200, Versions = 0x300, Needs = 0x340, Rela = 0x400, Jumps = 0x480, End = 0x500;

    // The address at which the file lies in memory: not 0, so that addresses and places in the file differ.
    private const ulong Base = 0x10000;

    public const string Used = "GLIBCXX_3.4.21", Unused = "GLIBCXX_3.4.32";

    /// <param name="bound">The symbols that relocations bind, 1 to 3: the first is of <see cref="Used"/>, the second of <see cref="Unused"/>, the
    /// third of none.</param>
    /// <param name="called">Those that are bound at their first call.</param>
    public static byte[] Make(int[] bound, int[] called)
    {
        byte[] file = new byte[End];
        byte[] begin = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        begin.CopyTo(file, 0);
        Long(file, 0x20, 0x40);
        Short(file, 0x36, 56);
        Short(file, 0x38, 2);
        Segment(file, 0x40, kind: 1, offset: 0, size: End);
        Segment(file, 0x78, kind: 2, offset: Dynamic, size: 0x100);

        string texts = $"\0libstdc++.so.6\0{Used}\0{Unused}\0";
        Encoding.ASCII.GetBytes(texts).CopyTo(file, Texts);
        // Symbol 0 is none; a hidden symbol has the highest bit set.
        foreach (var (symbol, version) in new[] { (1, 0x8002), (2, 3), (3, 1) })
            Short(file, Versions + 2 * symbol, (ushort)version);

        Short(file, Needs, 1);
        Short(file, Needs + 2, 2);
        Int(file, Needs + 4, (uint)texts.IndexOf("libstdc", StringComparison.Ordinal));
        Int(file, Needs + 8, 16);
        Need(file, Needs + 16, texts.IndexOf(Used, StringComparison.Ordinal), index: 2, next: 16);
        Need(file, Needs + 32, texts.IndexOf(Unused, StringComparison.Ordinal), index: 3, next: 0);

        foreach (var (i, symbol) in bound.Index())
            Long(file, Rela + 24 * i + 8, ((ulong)symbol << 32) | 6);
        foreach (var (i, symbol) in called.Index())
            Long(file, Jumps + 24 * i + 8, ((ulong)symbol << 32) | 7);
        (ulong Tag, ulong Value)[] entries =
        [
            (5, Base + Texts), (0x6ffffff0, Base + Versions), (0x6ffffffe, Base + Needs), (0x6fffffff, 1),
            (7, Base + Rela), (8, 24 * (ulong)bound.Length), (20, 7), (23, Base + Jumps), (2, 24 * (ulong)called.Length), (0, 0),
        ];
        foreach (var (i, (tag, value)) in entries.Index())
        {
            Long(file, Dynamic + 16 * i, tag);
            Long(file, Dynamic + 16 * i + 8, value);
        }
        return file;
    }

    private static void Segment(byte[] file, int at, uint kind, ulong offset, ulong size)
    {
        Int(file, at, kind);
        Long(file, at + 8, offset);
        Long(file, at + 0x10, Base + offset);
        Long(file, at + 0x20, size);
    }

    private static void Need(byte[] file, int at, int name, ushort index, uint next)
    {
        Short(file, at + 6, index);
        Int(file, at + 8, (uint)name);
        Int(file, at + 12, next);
    }

    private static void Long(byte[] file, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);

    private static void Int(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);

    private static void Short(byte[] file, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
}
