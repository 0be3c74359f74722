using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Tests.Networks.Onnx;

/// <summary>Writes ONNX files as their format says, in the ways in which exporters write them.</summary>
public static class OnnxBytes
{
    /// <summary>How a tensor's numbers are stored.</summary>
    public enum Form
    {
        /// <summary>As bytes.</summary>
        Raw,

        /// <summary>In the field for numbers with a point.</summary>
        Floats,

        /// <summary>Halves, as whole numbers.</summary>
        HalvesAsIntegers,
    }

    public static byte[] Model(IEnumerable<byte[]> nodes, IEnumerable<byte[]> tensors, string output, string input = "picture", params IEnumerable<(string Key, string Value)> metadata)
    {
        byte[] graph =
        [
            .. nodes.SelectMany(node => Field(1, node)), .. Field(2, Encoding.UTF8.GetBytes("net")), .. tensors.SelectMany(tensor => Field(5, tensor)),
            .. Field(11, Field(1, Encoding.UTF8.GetBytes(input))), .. Field(12, Field(1, Encoding.UTF8.GetBytes(output))),
        ];
        return
        [
            .. Number(1, 8), .. Field(2, Encoding.UTF8.GetBytes("test")), .. Field(7, graph), .. Field(8, Number(2, 13)),
            .. metadata.SelectMany(pair => Field(14, [.. Field(1, Encoding.UTF8.GetBytes(pair.Key)), .. Field(2, Encoding.UTF8.GetBytes(pair.Value))])),
        ];
    }

    public static byte[] Node(string operation, string inputs, string output, params IEnumerable<byte[]> attributes) =>
    [
        .. inputs.Split(' ').SelectMany(input => Field(1, Encoding.UTF8.GetBytes(input == "_" ? "" : input))), .. Field(2, Encoding.UTF8.GetBytes(output)),
        .. Field(3, Encoding.UTF8.GetBytes("/" + output)), .. Field(4, Encoding.UTF8.GetBytes(operation)), .. attributes.SelectMany(attribute => Field(5, attribute)),
    ];

    public static byte[] Attribute(string name, params IReadOnlyList<long> numbers) =>
        [.. Field(1, Encoding.UTF8.GetBytes(name)), .. Field(8, [.. numbers.SelectMany(number => Varint((ulong)number))]), .. Number(20, 7)];

    public static byte[] Attribute(string name, long number) => [.. Field(1, Encoding.UTF8.GetBytes(name)), .. Number(3, (ulong)number), .. Number(20, 2)];

    public static byte[] Attribute(string name, float number) => [.. Field(1, Encoding.UTF8.GetBytes(name)), .. Varint(2 << 3 | 5), .. Single(number), .. Number(20, 1)];

    public static byte[] Attribute(string name, string text) => [.. Field(1, Encoding.UTF8.GetBytes(name)), .. Field(4, Encoding.UTF8.GetBytes(text)), .. Number(20, 3)];

    public static byte[] Attribute(string name, byte[] tensor) => [.. Field(1, Encoding.UTF8.GetBytes(name)), .. Field(5, tensor), .. Number(20, 4)];

    public static byte[] Tensor(string name, WeightArray numbers, Form form = Form.Raw)
    {
        byte[] start = [.. Field(1, [.. numbers.Shape.SelectMany(size => Varint((ulong)size))])], end = Field(8, Encoding.UTF8.GetBytes(name));
        byte[] values = [.. numbers.Values.SelectMany(Single)];
        return form switch
        {
            Form.Raw => [.. start, .. Number(2, 1), .. end, .. Field(9, values)],
            Form.Floats => [.. start, .. Number(2, 1), .. Field(4, values), .. end],
            _ => [.. start, .. Number(2, 10), .. Field(5, [.. numbers.Values.SelectMany(value => Varint(BitConverter.HalfToUInt16Bits((Half)value)))]), .. end],
        };
    }

    /// <summary>Whole numbers, each of as many bytes as it needs.</summary>
    public static byte[] Tensor(string name, params IReadOnlyList<long> numbers) =>
        [.. Number(1, (ulong)numbers.Count), .. Number(2, 7), .. Field(7, [.. numbers.SelectMany(number => Varint((ulong)number))]), .. Field(8, Encoding.UTF8.GetBytes(name))];

    public static byte[] Field(int number, byte[] contents) => [.. Varint((ulong)number << 3 | 2), .. Varint((ulong)contents.Length), .. contents];

    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    private static byte[] Single(float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
