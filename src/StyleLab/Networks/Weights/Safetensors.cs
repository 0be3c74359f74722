using System.Buffers;
using System.Buffers.Binary;
using StyleLab.Networks;

namespace StyleLab;

/// <summary>
/// Reads and writes safetensors files: 8 bytes with the header's length, a JSON header with each tensor's number type,
/// shape and place, then the numbers, little-endian (https://github.com/huggingface/safetensors, "Format").
/// The file is not trusted: nothing is allocated that the file's own length does not back.
/// </summary>
public static class Safetensors
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads all tensors of a file whose numbers are F32, F16 or BF16.</summary>
    /// <param name="stream">The file from its current position to its end.</param>
    /// <returns>The tensors by name, as float32.</returns>
    /// <exception cref="StyleLabException">The file is damaged, or holds numbers of another type.</exception>
    public static IReadOnlyDictionary<string, WeightArray> Read(Stream stream) => Read(stream, _ => true, out _);

    /// <inheritdoc cref="Read(Stream)"/>
    public static IReadOnlyDictionary<string, WeightArray> Read(byte[] data) => Read(new MemoryStream(data));

    /// <summary>Reads those tensors that are <paramref name="wanted"/>, by name; the whole header is checked all the same.</summary>
    internal static IReadOnlyDictionary<string, WeightArray> Read(
        Stream stream, Func<string, bool> wanted, out IReadOnlyDictionary<string, string> metadata)
    {
        var what = stream is FileStream file ? Quoted.Text(Path.GetFileName(file.Name)) : "The data";
        try
        {
            if (!stream.CanSeek)
            {
                // The length must be known before anything is believed, so such a stream is taken in first.
                var copy = new MemoryStream();
                stream.CopyTo(copy);
                copy.Position = 0;
                stream = copy;
            }
            var header = SafetensorsHeader.Read(stream);
            metadata = header.Metadata;
            var start = stream.Position;
            var tensors = new Dictionary<string, WeightArray>();
            foreach (var entry in header.Entries)
                if (wanted(entry.Name))
                {
                    stream.Position = start + entry.Begin;
                    tensors.Add(entry.Name, ReadTensor(stream, entry));
                }
            return tensors;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new StyleLabException($"{what} is not a safetensors file that can be read: {error.Message}", error);
        }
    }

    private static WeightArray ReadTensor(Stream stream, SafetensorsEntry entry)
    {
        Action<ReadOnlySpan<byte>, Span<float>> convert = entry.NumberType switch
        {
            "F32" => FromSingles,
            "F16" => FromHalves,
            "BF16" => FromBrainFloats,
            _ => throw new InvalidDataException(
                $"tensor {Quoted.Text(entry.Name)} holds {entry.NumberType} numbers; F32, F16 and BF16 are read."),
        };
        var values = new float[entry.Count];
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var perChunk = ChunkBytes / entry.NumberBytes;
        for (var done = 0; done < values.Length; done += perChunk)
        {
            var count = Math.Min(perChunk, values.Length - done);
            var bytes = chunk.AsSpan(0, count * entry.NumberBytes);
            stream.ReadExactly(bytes);
            convert(bytes, values.AsSpan(done, count));
        }
        ArrayPool<byte>.Shared.Return(chunk);
        return new(entry.Shape, values);
    }

    private static void FromSingles(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
    }

    private static void FromHalves(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
    }

    // A bfloat16 is the upper half of a float32.
    private static void FromBrainFloats(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
    }

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="tensors">Names and tensors; names are unique.</param>
    /// <param name="half">Write F16 (2 bytes a number, about 3 decimal digits) instead of F32.</param>
    /// <param name="metadata">Texts to keep in the header, if any.</param>
    /// <exception cref="StyleLabException">A number is too large for F16.</exception>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, WeightArray>> tensors, bool half = false,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var list = tensors.ToList();
        stream.Write(SafetensorsHeader.Encode(list, half, metadata));
        var numberBytes = half ? 2 : 4;
        var chunk = new byte[ChunkBytes];
        foreach (var (name, tensor) in list)
            foreach (var values in tensor.Values.Chunk(ChunkBytes / numberBytes))
            {
                for (var i = 0; i < values.Length; i++)
                    if (half)
                        BinaryPrimitives.WriteHalfLittleEndian(chunk.AsSpan(2 * i), ToHalf(values[i], name));
                    else
                        BinaryPrimitives.WriteSingleLittleEndian(chunk.AsSpan(4 * i), values[i]);
                stream.Write(chunk, 0, values.Length * numberBytes);
            }
    }

    private static Half ToHalf(float value, string tensor)
    {
        var half = (Half)value;
        if (Half.IsInfinity(half) && float.IsFinite(value))
            throw new StyleLabException(FormattableString.Invariant(
                $"Tensor {Quoted.Text(tensor)} holds {value}, beyond F16's largest number 65504; write F32 instead."));
        return half;
    }
}
