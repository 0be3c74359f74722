using System.IO.Compression;

namespace StyleLab.Weights.Numpy;

/// <summary>NumPy's <c>.npz</c>: a zip file with a <c>.npy</c> file for every array, compressed or not.</summary>
internal static class NumpyArchive
{
    private const string Extension = ".npy";

    /// <summary>Whether there is nothing else in the zip file.</summary>
    public static bool IsOne(IReadOnlyList<ZipEntry> entries) =>
        entries.Count > 0 && entries.All(entry => entry.Name.EndsWith(Extension, StringComparison.Ordinal));

    public static WeightsIndex Index(Stream file, IReadOnlyList<ZipEntry> entries) => new([.. entries.Select(entry => Stored(file, entry))]);

    private static StoredTensor Stored(Stream file, ZipEntry entry)
    {
        var name = entry.Name[..^Extension.Length];
        file.Position = entry.Begin;
        using var inflated = entry.IsDeflated ? new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true) : null;
        var (header, length) = Explained(name, () => NumpyArray.ReadHeader(inflated ?? file, entry.Length));
        if (length > entry.Length)
            throw new InvalidDataException($"its array {Quoted.Text(name)} ends inside its header.");
        if (!entry.IsDeflated)
            return NumpyArray.Stored(name, header, new(entry.Begin + length, entry.Length - length), 0);
        // Compressed numbers are unpacked from the entry's beginning, header and all.
        if (length % header.Type.Bytes != 0)
            throw new InvalidDataException($"its array {Quoted.Text(name)} begins at byte {length}, not at a multiple of {header.Type.Bytes}.");
        return NumpyArray.Stored(name, header, entry.Storage, length);
    }

    private static T Explained<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"its array {Quoted.Text(name)} is wrong: {error.Message}", error);
        }
    }
}
