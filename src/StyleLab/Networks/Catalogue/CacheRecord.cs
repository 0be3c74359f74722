using System.Text.Json;
using StyleLab.Json;

namespace StyleLab.Networks.Catalogue;

/// <summary>What was written into the cache, kept as JSON beside it. A network without its record counts as not there.</summary>
/// <param name="Url">Where the published file was found.</param>
/// <param name="PublishedSha256">The published file's hash; where it was not known before, a later download must have the same.</param>
/// <param name="Bytes">Length of the converted file.</param>
/// <param name="Sha256">Hash of the converted file.</param>
internal sealed record CacheRecord(string Url, string PublishedSha256, long Bytes, string Sha256)
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    /// <summary>The record, or null if there is none that can be read.</summary>
    public static CacheRecord? Read(string path)
    {
        try
        {
            return JsonRecord.Read<CacheRecord>(File.ReadAllText(path), s_options, "The record");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StyleLabException)
        {
            return null;
        }
    }

    /// <exception cref="StyleLabException">The file cannot be written.</exception>
    public void Write(string path) => WholeFile.Write(path, file => JsonSerializer.Serialize(file, this, s_options));
}
