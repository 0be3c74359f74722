using System.Buffers.Binary;
using StyleLab.Weights;

namespace StyleLab;

/// <summary>
/// Reads and writes safetensors files: 8 bytes with the header's length, a JSON header with each tensor's number type,
/// shape and place, then the numbers, little-endian (https://github.com/huggingface/safetensors, "Format").
/// The file is not trusted: nothing is allocated that the file's own length does not back.
/// </summary>
public static class Safetensors
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads all tensors of a file; numbers of every type but those of 8-bit floats become float32.</summary>
    /// <param name="stream">The file from its current position to its end.</param>
    /// <returns>The tensors by name, as float32.</returns>
    /// <exception cref="StyleLabException">The file is damaged, or holds numbers of another type.</exception>
    public static IReadOnlyDictionary<string, WeightArray> Read(Stream stream)
    {
        if (!stream.CanSeek)
        {
            // The length must be known before anything is believed, so such a stream is taken in first.
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            stream = copy;
        }
        var what = stream is FileStream file ? Quoted.Text(Path.GetFileName(file.Name)) : "The data";
        var weights = new WeightsFile(stream, what, WeightsFormat.Safetensors);
        return weights.Tensors.ToDictionary(tensor => tensor.Name, tensor => weights.Read(tensor.Name));
    }

    /// <inheritdoc cref="Read(Stream)"/>
    public static IReadOnlyDictionary<string, WeightArray> Read(byte[] data) => Read(new MemoryStream(data));

    /// <summary>The tensors that the header announces, and its texts.</summary>
    /// <param name="stream">The file from its current position to its end.</param>
    /// <exception cref="InvalidDataException">The message says, after a colon, what is wrong.</exception>
    internal static WeightsIndex Index(Stream stream)
    {
        var header = SafetensorsHeader.Read(stream);
        var start = stream.Position;
        return new([.. header.Entries.Select(entry => Stored(entry, start))], header.Metadata);
    }

    private static StoredTensor Stored(SafetensorsEntry entry, long start)
    {
        var shape = Array.ConvertAll(entry.Shape, size => (long)size);
        return new(entry.Name, entry.Type, shape, StoredTensor.RowMajor(shape), 0, new(start + entry.Begin, entry.End - entry.Begin));
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
