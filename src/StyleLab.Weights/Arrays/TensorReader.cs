using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace StyleLab.Weights;

/// <summary>Reads the numbers of a stored tensor from the file, piece by piece, in the order of its shape.</summary>
internal static class TensorReader
{
    private const int ChunkBytes = 1 << 16;

    /// <exception cref="InvalidDataException">The numbers are of a type that is not read.</exception>
    /// <exception cref="EndOfStreamException">The file ends first.</exception>
    public static float[] Read(Stream file, StoredTensor tensor)
    {
        if (tensor.Count == 0)
            return [];
        if (tensor.IsContiguous)
            return ReadRun(file, tensor, tensor.Count);
        var last = Enumerable.Range(0, tensor.Shape.Length).Sum(axis => (tensor.Shape[axis] - 1) * tensor.Strides[axis]);
        if (last >= Array.MaxLength)
            throw new InvalidDataException($"tensor {Quoted.Text(tensor.Name)} is spread over {last} numbers; up to {Array.MaxLength} are read.");
        return Gather(tensor, ReadRun(file, tensor, (int)last + 1));
    }

    /// <summary>That many numbers from the tensor's first on, as they lie in the storage.</summary>
    private static float[] ReadRun(Stream file, StoredTensor tensor, int count)
    {
        var type = tensor.Type;
        var convert = type.ToSingles
            ?? throw new InvalidDataException($"tensor {Quoted.Text(tensor.Name)} holds {type} numbers, which are not read.");
        var storage = tensor.Storage;
        if (storage.IsVarints)
            return ReadVarints(file, tensor, count, convert);
        file.Position = storage.Begin + (storage.IsDeflated ? 0 : tensor.Offset * type.Bytes);
        using var inflated = storage.IsDeflated ? Inflate(file, tensor.Offset * type.Bytes) : null;
        var numbers = inflated ?? file;
        var values = new float[count];
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var perChunk = ChunkBytes / type.Bytes;
        for (var done = 0; done < count; done += perChunk)
        {
            var now = Math.Min(perChunk, count - done);
            var bytes = chunk.AsSpan(0, now * type.Bytes);
            numbers.ReadExactly(bytes);
            convert(bytes, values.AsSpan(done, now));
        }
        ArrayPool<byte>.Shared.Return(chunk);
        return values;
    }

    private static float[] ReadVarints(Stream file, StoredTensor tensor, int count, NumberType.Converter convert)
    {
        var storage = tensor.Storage;
        var values = new float[count];
        var number = new byte[sizeof(ulong)];
        file.Position = storage.Begin;
        long left = storage.Length;
        foreach (ref float value in values.AsSpan())
        {
            ulong bits = 0;
            for (int shift = 0, next = 0x80; next >= 0x80; shift += 7)
            {
                if (left-- == 0)
                    throw new InvalidDataException($"tensor {Quoted.Text(tensor.Name)} of shape {WeightArray.TextOf(tensor.Shape)} has too few numbers.");
                next = file.ReadByte();
                bits |= shift < 64 ? (ulong)(next & 0x7F) << shift : 0;
            }
            BinaryPrimitives.WriteUInt64LittleEndian(number, bits);
            convert(number.AsSpan(0, tensor.Type.Bytes), new Span<float>(ref value));
        }
        return values;
    }

    private static DeflateStream Inflate(Stream file, long skipped)
    {
        var inflated = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
        var chunk = new byte[ChunkBytes];
        for (var left = skipped; left > 0; left -= Math.Min(left, ChunkBytes))
            inflated.ReadExactly(chunk, 0, (int)Math.Min(left, ChunkBytes));
        return inflated;
    }

    private static float[] Gather(StoredTensor tensor, float[] run)
    {
        var values = new float[tensor.Count];
        var index = new int[tensor.Shape.Length];
        long at = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = run[at];
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                at += tensor.Strides[axis];
                if (++index[axis] < tensor.Shape[axis])
                    break;
                at -= tensor.Strides[axis] * index[axis];
                index[axis] = 0;
            }
        }
        return values;
    }
}
