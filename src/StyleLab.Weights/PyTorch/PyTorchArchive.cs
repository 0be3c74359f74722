using System.Text;

namespace StyleLab.Weights.PyTorch;

/// <summary>
/// What torch.save writes since version 1.6: a zip file with <c>NAME/data.pkl</c>, which names tensors and their storages, and
/// <c>NAME/data/0</c>, <c>NAME/data/1</c>, …, the numbers.
/// </summary>
internal static class PyTorchArchive
{
    private const string Pickle = "data.pkl";

    // A thousand tensors take some 150 KB. What an instruction of one byte makes may take fifty.
    public const int LongestPickle = 4 << 20;

    public static WeightsIndex Index(Stream file, IReadOnlyList<ZipEntry> entries)
    {
        var pickle = entries.FirstOrDefault(entry => entry.Name == Pickle || entry.Name.EndsWith("/" + Pickle, StringComparison.Ordinal))
            ?? throw new InvalidDataException("the zip file holds neither PyTorch's data.pkl nor NumPy's .npy files.");
        var folder = pickle.Name[..^Pickle.Length];
        if (entries.Any(entry => entry.Name == folder + "constants.pkl") && entries.Any(entry => entry.Name.StartsWith(folder + "code/", StringComparison.Ordinal)))
            throw new InvalidDataException("it is a TorchScript archive, a program with its weights; load it in TorchSharp and save these, "
                + "torch.jit.load(\"net.pt\").save(\"weights.dat\"), or in Python: torch.save(torch.jit.load(\"net.pt\").state_dict(), \"weights.pth\").");
        var parts = entries.ToDictionary(entry => entry.Name);
        if (parts.TryGetValue(folder + "byteorder", out var order) && Encoding.ASCII.GetString(ZipDirectory.Contents(file, order, longest: 16)) != "little")
            throw new InvalidDataException("it was written on a machine whose numbers begin with the most significant byte; save it again on another.");

        using var contents = new MemoryStream(ZipDirectory.Contents(file, pickle, LongestPickle));
        var root = new PickleReader(new(contents, LongestPickle), StorageOf).Read();
        return new([.. StateDictionary.Tensors(root).Select(item => Stored(item.Key, item.Value))]);

        StoredTensor Stored(string name, PickledTensor tensor)
        {
            var storage = tensor.Storage;
            if (!parts.TryGetValue($"{folder}data/{storage.Key}", out var part))
                throw new InvalidDataException($"the numbers {Quoted.Text(storage.Key)} of tensor {Quoted.Text(name)} are missing.");
            if (part.Length / storage.Type.Bytes < storage.Count)
                throw new InvalidDataException(
                    $"the numbers {Quoted.Text(storage.Key)} of tensor {Quoted.Text(name)} have {part.Length} bytes, too few for {storage.Count} of type {storage.Type}.");
            return new(name, storage.Type, tensor.Shape, tensor.Strides, tensor.Offset, part.Storage with { Length = storage.Count * storage.Type.Bytes });
        }
    }

    // ('storage', class, key, device, count)
    private static PickledStorage StorageOf(object? id) =>
        id is PickledTuple { Items: ["storage", TorchName { Storage: { } type }, string key, _, long count] } && count >= 0
            ? new(type, key, 0, count)
            : throw new InvalidDataException("its pickle names numbers as PyTorch does not.");
}
