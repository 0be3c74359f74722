using System.Buffers.Binary;

namespace StyleLab.Weights;

/// <summary>How one number stands in a weights file, little-endian.</summary>
/// <param name="Name">The name shown to users: <c>float32</c>, <c>bfloat16</c>, <c>int64</c>, <c>bool</c>, ….</param>
/// <param name="Bytes">Bytes of one number.</param>
/// <param name="ToSingles">Turns bytes into float32, as many as there is room for; null for numbers that are skipped but not read.</param>
internal sealed record NumberType(string Name, int Bytes, NumberType.Converter? ToSingles)
{
    public delegate void Converter(ReadOnlySpan<byte> bytes, Span<float> values);

    public static readonly NumberType Float64 = Of("float64", 8, bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes));
    public static readonly NumberType Float32 = Of("float32", 4, BinaryPrimitives.ReadSingleLittleEndian);
    public static readonly NumberType Float16 = Of("float16", 2, bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes));

    // A bfloat16 is the upper half of a float32.
    public static readonly NumberType BFloat16 = Of("bfloat16", 2,
        bytes => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16));

    public static readonly NumberType Int64 = Of("int64", 8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes));
    public static readonly NumberType Int32 = Of("int32", 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes));
    public static readonly NumberType Int16 = Of("int16", 2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes));
    public static readonly NumberType Int8 = Of("int8", 1, bytes => (sbyte)bytes[0]);
    public static readonly NumberType UInt64 = Of("uint64", 8, bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    public static readonly NumberType UInt32 = Of("uint32", 4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes));
    public static readonly NumberType UInt16 = Of("uint16", 2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes));
    public static readonly NumberType UInt8 = Of("uint8", 1, bytes => bytes[0]);
    public static readonly NumberType Bool = Of("bool", 1, bytes => bytes[0] == 0 ? 0 : 1);

    /// <summary>The same numbers with the most significant byte first.</summary>
    public NumberType BigEndian => Bytes == 1 || ToSingles is null ? this : this with
    {
        ToSingles = (bytes, values) =>
        {
            var turned = bytes[..(values.Length * Bytes)].ToArray();
            for (var i = 0; i < turned.Length; i += Bytes)
                turned.AsSpan(i, Bytes).Reverse();
            ToSingles(turned, values);
        },
    };

    public override string ToString() => Name;

    private delegate float One(ReadOnlySpan<byte> bytes);

    private static NumberType Of(string name, int size, One one) => new(name, size, (bytes, values) =>
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = one(bytes.Slice(i * size, size));
    });
}
