using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Weights.Numpy;

/// <summary>
/// NumPy's <c>.npy</c>: a magic string, a version, the header's length, a header in the form of a Python dictionary, and the
/// numbers (numpy.lib.format, versions 1 to 3).
/// </summary>
internal static class NumpyArray
{
    // The name that NumPy itself gives to an array without one.
    private const string Name = "arr_0";

    private const int PrefixLength = 8, LongestHeader = 1 << 16;

    public static WeightsIndex Index(Stream file)
    {
        var begin = file.Position;
        var (header, length) = ReadHeader(file, file.Length - begin);
        return new([Stored(Name, header, new(begin + length, file.Length - begin - length), 0)]);
    }

    /// <summary>The tensor whose header this is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="header">Type, order and shape.</param>
    /// <param name="storage">Where the numbers are, <paramref name="skipped"/> bytes of something else first.</param>
    /// <param name="skipped">A multiple of the number's size, because NumPy pads the header.</param>
    public static StoredTensor Stored(string name, NumpyHeader header, ByteRange storage, int skipped)
    {
        var strides = StoredTensor.RowMajor(header.Shape);
        // Fortran's order: the first dimension runs fastest.
        if (header.IsFortranOrder)
            strides = [.. StoredTensor.RowMajor([.. header.Shape.Reverse()]).Reverse()];
        return new(name, header.Type, header.Shape, strides, skipped / header.Type.Bytes, storage);
    }

    /// <summary>Reads the header, and says how long it is with all that is before it.</summary>
    public static (NumpyHeader Header, int Length) ReadHeader(Stream file, long available)
    {
        var prefix = new byte[PrefixLength];
        file.ReadExactly(prefix);
        if (!prefix.AsSpan().StartsWith<byte>([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']) || prefix[6] is not (1 or 2 or 3))
            throw new InvalidDataException("it does not begin as a NumPy array of version 1, 2 or 3 does.");
        var isShort = prefix[6] == 1;
        var size = new byte[isShort ? 2 : 4];
        file.ReadExactly(size);
        var length = isShort ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > Math.Min(LongestHeader, available))
            throw new InvalidDataException($"its header is said to have {length} bytes, but {Math.Min(LongestHeader, available)} are there or allowed.");
        var header = new byte[length];
        file.ReadExactly(header);
        return (NumpyHeader.Parse(Encoding.UTF8.GetString(header)), PrefixLength + size.Length + (int)length);
    }
}
