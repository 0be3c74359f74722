namespace StyleLab.Weights.Onnx;

/// <summary>A tensor of an ONNX file: numbers as they are, or, of small types, as whole numbers of one to ten bytes each.</summary>
internal static class OnnxTensor
{
    private const int MostDimensions = 16, LongestName = 1000, StoredElsewhere = 1, Text = 8;

    // By the number that onnx.proto has for each type.
    private static readonly Dictionary<long, NumberType> s_types = new()
    {
        [1] = NumberType.Float32, [2] = NumberType.UInt8, [3] = NumberType.Int8, [4] = NumberType.UInt16, [5] = NumberType.Int16, [6] = NumberType.Int32,
        [7] = NumberType.Int64, [9] = NumberType.Bool, [10] = NumberType.Float16, [11] = NumberType.Float64, [12] = NumberType.UInt32,
        [13] = NumberType.UInt64, [14] = new("complex64", 8, null), [15] = new("complex128", 16, null), [16] = NumberType.BFloat16,
        [17] = new("float8e4m3fn", 1, null), [18] = new("float8e4m3fnuz", 1, null), [19] = new("float8e5m2", 1, null), [20] = new("float8e5m2fnuz", 1, null),
    };

    /// <exception cref="InvalidDataException">The message says, after a colon, what is wrong.</exception>
    public static StoredTensor Read(ProtobufMessage message)
    {
        var shape = new List<long>();
        string name = "";
        long type = 0;
        ByteRange? numbers = null;
        while (message.Next())
            switch (message.Field)
            {
                case 1:
                    shape.AddRange(message.Numbers(MostDimensions + 1));
                    if (shape.Count > MostDimensions)
                        throw new InvalidDataException($"it has a tensor of more than {MostDimensions} dimensions.");
                    break;
                case 2: type = message.Number(); break;
                case 8: name = message.Text(LongestName); break;
                // Numbers with a point one after the other, whole numbers likewise but of any length, or bytes as they are.
                case 4 or 10: Take(message.Bytes()); break;
                case 5 or 7 or 11: Take(message.Bytes() with { IsVarints = true }); break;
                case 9: Take(message.Bytes()); break;
                case 14 when message.Number() == StoredElsewhere:
                    throw new InvalidDataException($"its tensor {Quoted.Text(name)} has its numbers in another file; save the model with all in one.");
            }
        if (type == Text)
            return new(name, new("string", 1, null), [0], [1], 0, new(0, 0));
        if (!s_types.TryGetValue(type, out var known))
            throw new InvalidDataException($"its tensor {Quoted.Text(name)} is of the type {type}, which is not known.");
        return new(name, known, shape, StoredTensor.RowMajor(shape), 0, numbers ?? new(0, 0));

        void Take(ByteRange range)
        {
            // An empty field may stand beside the one that is used.
            if (range.Length == 0)
                return;
            numbers = numbers is null ? range : throw new InvalidDataException($"its tensor {Quoted.Text(name)} has its numbers in several pieces, which is not read.");
        }
    }
}
