using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace StyleLab.Weights.PyTorch;

/// <summary>
/// What torch.save wrote before version 1.6, and torchvision's older files are: five pickles (a magic number, a version, facts
/// about the machine, the tensors, the keys of their storages), then for each key the count of numbers and the numbers.
/// </summary>
internal static class PyTorchStream
{
    private const int LongestPreamble = 1 << 12, ProtocolVersion = 1001, CountBytes = 8;

    private static readonly BigInteger _magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static WeightsIndex Index(Stream file)
    {
        if (Pickle(LongestPreamble) is not BigInteger magic || magic != _magic)
            throw new InvalidDataException("it is a pickle, but not one that torch.save wrote; in PyTorch, save it with torch.save(model.state_dict(), file).");
        if (Pickle(LongestPreamble) is not (long)ProtocolVersion)
            throw new InvalidDataException($"it is of another version than {ProtocolVersion}, the only one there was.");
        if (Pickle(LongestPreamble) is not PickledDictionary system || system["little_endian"] is not true)
            throw new InvalidDataException("it was written on a machine whose numbers begin with the most significant byte; save it again on another.");

        var types = new Dictionary<string, NumberType>();
        var tensors = StateDictionary.Tensors(Pickle(PyTorchArchive.LongestPickle, id => StorageOf(id, types)));
        if (Pickle(PyTorchArchive.LongestPickle) is not List<object?> keys)
            throw new InvalidDataException("it does not list the keys of its numbers.");
        var storages = Locate(file, keys, types);
        return new([.. tensors.Select(item => Stored(item.Key, item.Value, storages))]);

        object? Pickle(int longest, Func<object?, object?>? persistent = null) =>
            new PickleReader(new(file, longest), persistent ?? (_ => throw new InvalidDataException("its pickle names numbers where there are none."))).Read();
    }

    /// <summary>Where the numbers of each key are, one after the other from the stream's position to its end.</summary>
    private static Dictionary<string, ByteRange> Locate(Stream file, List<object?> keys, Dictionary<string, NumberType> types)
    {
        var storages = new Dictionary<string, ByteRange>();
        Span<byte> prefix = stackalloc byte[CountBytes];
        foreach (var item in keys)
        {
            if (KeyOf(item) is not { } key || !types.TryGetValue(key, out var type) || storages.ContainsKey(key))
                throw new InvalidDataException("its list of keys names numbers that no tensor has.");
            file.ReadExactly(prefix);
            var count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            var available = file.Length - file.Position;
            if (count < 0 || count > available / type.Bytes)
                throw new InvalidDataException(
                    $"{count} numbers of type {type} are announced at byte {file.Position - CountBytes}, but {available} bytes follow; the file may be cut off.");
            storages.Add(key, new(file.Position, count * type.Bytes));
            file.Position += count * type.Bytes;
        }
        return storages;
    }

    private static StoredTensor Stored(string name, PickledTensor tensor, Dictionary<string, ByteRange> storages)
    {
        var storage = tensor.Storage;
        if (!storages.TryGetValue(storage.Key, out var place))
            throw new InvalidDataException($"the numbers {Quoted.Text(storage.Key)} of tensor {Quoted.Text(name)} are missing.");
        if (storage.Begin > place.Length / storage.Type.Bytes || storage.Count > place.Length / storage.Type.Bytes - storage.Begin)
            throw new InvalidDataException(
                $"tensor {Quoted.Text(name)} needs {storage.Count} numbers from number {storage.Begin}, but {place.Length / storage.Type.Bytes} are there.");
        return new(name, storage.Type, tensor.Shape, tensor.Strides, tensor.Offset,
            new(place.Begin + storage.Begin * storage.Type.Bytes, storage.Count * storage.Type.Bytes));
    }

    // ('storage', class, key, device, count, None or (key of the view, begin, count))
    private static PickledStorage StorageOf(object? id, Dictionary<string, NumberType> types)
    {
        if (id is not PickledTuple { Items: ["storage", TorchName { Storage: { } type }, var root, _, long count, var view] }
            || KeyOf(root) is not { } key || count < 0 || (types.TryGetValue(key, out var other) && other != type))
            throw new InvalidDataException("its pickle names numbers as PyTorch does not.");
        types[key] = type;
        return view switch
        {
            null => new(type, key, 0, count),
            PickledTuple { Items: [_, long begin, long length] } when begin >= 0 && length >= 0 => new(type, key, begin, length),
            _ => throw new InvalidDataException("its pickle names a part of numbers as PyTorch does not."),
        };
    }

    private static string? KeyOf(object? value) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
