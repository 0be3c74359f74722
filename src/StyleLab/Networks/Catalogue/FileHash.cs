using System.Security.Cryptography;

namespace StyleLab.Networks.Catalogue;

/// <summary>SHA-256 of large files.</summary>
internal static class FileHash
{
    /// <summary>The hash from the stream's position to its end, 64 lower-case hex digits.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="report">Hears the bytes done and the bytes in all now and then.</param>
    /// <param name="cancellation">Ends it.</param>
    public static string Of(Stream stream, Action<long, long> report, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            report(stream.Position, stream.Length);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
