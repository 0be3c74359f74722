using System.Text.Json;
using StyleLab.Json;

namespace StyleLab.Networks.Catalogue;

/// <summary>A download's beginning on disk, and beside it from which version of which address it came.</summary>
internal sealed class PartialFile(string path)
{
    /// <summary>What the server said about the file.</summary>
    /// <param name="Address">Where it is from.</param>
    /// <param name="Version">Its strong ETag, or its date; null if the server gave neither.</param>
    private sealed record Origin(string Address, string? Version);

    private readonly string _originPath = path + ".json";

    public string Path { get; } = path;

    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>What an If-Range header is to say so that the rest fits to the beginning; null if nothing can.</summary>
    /// <returns>False if the beginning is of no use and the download has to start over.</returns>
    public bool CanResume(Uri address, out string? version)
    {
        version = null;
        if (Length == 0 || !File.Exists(_originPath))
            return false;
        try
        {
            var origin = JsonRecord.Read<Origin>(File.ReadAllText(_originPath), JsonSerializerOptions.Default, "The record");
            version = origin.Version;
            return origin.Address == address.ToString();
        }
        catch (StyleLabException)
        {
            return false;
        }
    }

    /// <summary>Starts over, from what the server says now.</summary>
    public FileStream Create(Uri address, string? version)
    {
        // Emptied first: another version's beginning must not be found with this origin.
        var stream = new FileStream(Path, FileMode.Create, FileAccess.Write);
        try
        {
            WholeFile.Write(_originPath, file => JsonSerializer.Serialize(file, new Origin(address.ToString(), version)), sync: false);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public FileStream Append() => new(Path, FileMode.Append, FileAccess.Write);

    public void Delete()
    {
        File.Delete(Path);
        File.Delete(_originPath);
    }
}
