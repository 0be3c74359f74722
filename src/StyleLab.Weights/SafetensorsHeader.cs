using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace StyleLab.Weights;

/// <summary>One tensor as a safetensors header announces it; <paramref name="Begin"/> counts from the header's end.</summary>
internal sealed record SafetensorsEntry(string Name, NumberType Type, int[] Shape, int Count, long Begin, long End);

/// <summary>The header of a safetensors file, checked: tensors lie one after the other and fill the file exactly.</summary>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    // The format's own bound: a longer header is an attack on the JSON reader.
    private const long LongestHeader = 100_000_000;
    private const string MetadataKey = "__metadata__";

    private static readonly Dictionary<string, NumberType> _types = new()
    {
        ["F64"] = NumberType.Float64, ["F32"] = NumberType.Float32, ["F16"] = NumberType.Float16, ["BF16"] = NumberType.BFloat16,
        ["I64"] = NumberType.Int64, ["I32"] = NumberType.Int32, ["I16"] = NumberType.Int16, ["I8"] = NumberType.Int8,
        ["U64"] = NumberType.UInt64, ["U32"] = NumberType.UInt32, ["U16"] = NumberType.UInt16, ["U8"] = NumberType.UInt8,
        ["BOOL"] = NumberType.Bool,
        ["F8_E4M3"] = new("F8_E4M3", 1, null), ["F8_E5M2"] = new("F8_E5M2", 1, null),
    };

    /// <summary>Reads the header and leaves the stream at the first number.</summary>
    /// <exception cref="InvalidDataException">The message says, after a colon, what is wrong.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        var available = stream.Length - stream.Position;
        if (available < 8)
            throw new InvalidDataException($"it is {available} bytes long, too short for a header.");
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)Math.Min(available - 8, LongestHeader))
            throw new InvalidDataException(
                $"it announces a header of {length} bytes, but has {available - 8} bytes after that number, "
                + $"and {LongestHeader} are allowed.");
        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            // Strict decoding first: the JSON reader lets wrong UTF-8 pass until a name is asked for.
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json);
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Check(document.RootElement, available - 8 - (long)length);
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new InvalidDataException("its header is not valid JSON.", error);
        }
    }

    private static SafetensorsHeader Check(JsonElement root, long dataBytes)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("its header is not a JSON object.");
        var metadata = new Dictionary<string, string>();
        var entries = new List<SafetensorsEntry>();
        foreach (var property in root.EnumerateObject())
            if (property.Name == MetadataKey)
                metadata = ReadMetadata(property.Value);
            else
                entries.Add(ReadEntry(property.Name, property.Value));

        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long end = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
                throw new InvalidDataException(
                    $"tensor {Quoted.Text(entry.Name)} begins at byte {entry.Begin}, where {end} was expected "
                    + "(tensors follow each other without gap or overlap).");
            if (entry.End > dataBytes)
                throw new InvalidDataException(
                    $"tensor {Quoted.Text(entry.Name)} ends at byte {entry.End}, "
                    + $"but only {dataBytes} bytes follow the header; the file may be cut off.");
            end = entry.End;
        }
        if (end != dataBytes)
            throw new InvalidDataException($"its tensors end at byte {end}, but {dataBytes} bytes follow the header.");
        return new(entries, metadata);
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
            throw new InvalidDataException($"{MetadataKey} is not an object of texts.");
        return value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement value)
    {
        var tensor = $"tensor {Quoted.Text(name)}";
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String
            || ReadIntegers(value, "shape") is not { } sizes
            || ReadIntegers(value, "data_offsets") is not [var begin, var end])
            throw new InvalidDataException(
                $"{tensor} is not described by a dtype, a shape of whole numbers from 0 and two data_offsets.");
        var numberType = type.GetString()!;
        if (!_types.TryGetValue(numberType, out var known))
            throw new InvalidDataException($"{tensor} has the unknown number type {Quoted.Text(numberType)}.");
        var (shape, count) = StoredTensor.CheckShape(tensor, sizes);
        if (end < begin || end - begin != (long)count * known.Bytes)
            throw new InvalidDataException(
                $"{tensor} of shape {WeightArray.TextOf(shape)} needs {(long)count * known.Bytes} bytes, but its offsets are {begin} to {end}.");
        return new(name, known, shape, count, begin, end);
    }

    /// <summary>The whole numbers ≥ 0 of an array, or null if it is anything else.</summary>
    private static long[]? ReadIntegers(JsonElement tensor, string property)
    {
        if (!tensor.TryGetProperty(property, out var array) || array.ValueKind != JsonValueKind.Array)
            return null;
        var values = new long[array.GetArrayLength()];
        var i = 0;
        foreach (var item in array.EnumerateArray())
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out values[i]) || values[i++] < 0)
                return null;
        return values;
    }

    /// <summary>The length and the header for tensors written in this order, padded so that the numbers begin at a multiple of 8.</summary>
    public static byte[] Encode(
        IEnumerable<KeyValuePair<string, WeightArray>> tensors, bool half, IReadOnlyDictionary<string, string>? metadata)
    {
        using var result = new MemoryStream();
        result.Write(stackalloc byte[8]);
        using (var json = new Utf8JsonWriter(result))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, text) in metadata)
                    json.WriteString(key, text);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                var end = offset + (half ? 2L : 4L) * tensor.Values.Length;
                json.WriteStartObject(name);
                json.WriteString("dtype", half ? "F16" : "F32");
                WriteIntegers(json, "shape", tensor.Shape.Select(size => (long)size));
                WriteIntegers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while (result.Length % 8 != 0)
            result.WriteByte((byte)' ');
        var bytes = result.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - 8);
        return bytes;
    }

    private static void WriteIntegers(Utf8JsonWriter json, string property, IEnumerable<long> values)
    {
        json.WriteStartArray(property);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
