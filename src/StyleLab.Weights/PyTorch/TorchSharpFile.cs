using System.Buffers;
using System.Text;

namespace StyleLab.Weights.PyTorch;

/// <summary>
/// What <c>Module.save</c> of TorchSharp writes (<c>.dat</c>): how many tensors, and for each its name, torch's number of its type, its shape and its
/// numbers. Whole numbers are of seven bits a byte, the least significant first.
/// </summary>
internal static class TorchSharpFile
{
    private const int ShortestName = 2, LongestName = 1000, MostDimensions = 16;

    // A module of a thousand layers has some thousand tensors.
    private const long MostTensors = 1_000_000;

    private static readonly SearchValues<byte> s_nameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._"u8);

    /// <summary>The types by torch's numbers for them; null for those that no file has.</summary>
    private static readonly NumberType?[] s_types =
    [
        NumberType.UInt8, NumberType.Int8, NumberType.Int16, NumberType.Int32, NumberType.Int64, NumberType.Float16, NumberType.Float32, NumberType.Float64,
        null, new("complex64", 8, null), new("complex128", 16, null), NumberType.Bool, null, null, null, NumberType.BFloat16,
    ];

    /// <summary>Whether a file begins as one does: a number of tensors, and a name as modules give them.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start)
    {
        int at = 0;
        long tensors = Number(start, ref at), length = Number(start, ref at);
        if (tensors is < 1 or > MostTensors || length is < ShortestName or > LongestName)
            return false;
        var name = start[at..Math.Min(start.Length, at + (int)length)];
        if (name.Length < ShortestName || name.ContainsAnyExcept(s_nameBytes))
            return false;
        at += (int)length;
        return at + 1 >= start.Length || (TypeOf(start[at]) is not null && start[at + 1] <= MostDimensions);
    }

    /// <summary>Whether a file is a single tensor as <c>Tensor.Save</c> of TorchSharp writes it: it ends where its shape says.</summary>
    public static bool IsOneTensor(ReadOnlySpan<byte> start, long length)
    {
        int at = 0;
        if (TypeOf(Number(start, ref at)) is not { } type)
            return false;
        long axes = Number(start, ref at);
        double count = 1;
        for (int axis = 0; axis < axes && count > 0; axis++)
            count *= Number(start, ref at);
        return axes is > 0 and <= MostDimensions && count > 0 && at + count * type.Bytes == length;
    }

    public static WeightsIndex Index(Stream file)
    {
        long count = Number(file);
        if (count is < 0 or > MostTensors)
            throw new InvalidDataException($"it announces {count} tensors.");
        var tensors = new List<StoredTensor>();
        for (long i = 0; i < count; i++)
            tensors.Add(Tensor(file));
        return new(tensors);
    }

    private static StoredTensor Tensor(Stream file)
    {
        long length = Number(file);
        if (length is < 0 or > LongestName)
            throw new InvalidDataException($"a tensor's name is said to have {length} bytes.");
        byte[] bytes = new byte[length];
        file.ReadExactly(bytes);
        string name = Encoding.UTF8.GetString(bytes);
        long number = Number(file);
        var type = TypeOf(number) ?? throw new InvalidDataException($"tensor {Quoted.Text(name)} has numbers of torch's type {number}, which no file has.");
        long axes = Number(file);
        if (axes is < 0 or > MostDimensions)
            throw new InvalidDataException($"tensor {Quoted.Text(name)} is said to have {axes} dimensions.");
        long[] shape = [.. Enumerable.Range(0, (int)axes).Select(_ => Number(file))];
        var (_, values) = StoredTensor.CheckShape($"tensor {Quoted.Text(name)}", shape);
        long begin = file.Position, end = begin + (long)values * type.Bytes;
        if (end > file.Length)
            throw new EndOfStreamException();
        file.Position = end;
        return new(name, type, shape, StoredTensor.RowMajor(shape), 0, new(begin, end - begin));
    }

    private static NumberType? TypeOf(long number) => number >= 0 && number < s_types.Length ? s_types[number] : null;

    /// <summary>A whole number of a file.</summary>
    private static long Number(Stream file)
    {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            int part = file.ReadByte();
            if (part < 0)
                throw new EndOfStreamException();
            number |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }
        throw new InvalidDataException("one of its whole numbers does not end.");
    }

    /// <summary>A whole number of a file's first bytes; −1 if there is none.</summary>
    private static long Number(ReadOnlySpan<byte> start, ref int at)
    {
        long number = 0;
        for (int shift = 0; shift < 63 && at < start.Length; shift += 7)
        {
            byte part = start[at++];
            number |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }
        return -1;
    }
}
