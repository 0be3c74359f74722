using System.Security.Cryptography;
using System.Text;

namespace StyleLab.Jupyter.Messages;

/// <summary>HMAC-SHA256 over the four JSON frames of a message, as they are on the wire.</summary>
internal sealed class Signature(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>Lower-case hex digits; empty if there is no key.</summary>
    public byte[] Of(ReadOnlySpan<byte[]> frames)
    {
        if (_key.Length == 0)
            return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var frame in frames)
            hash.AppendData(frame);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>True if the frames are what the owner of the key sent; always true without a key.</summary>
    public bool Verify(ReadOnlySpan<byte[]> frames, byte[] signature) =>
        _key.Length == 0 || CryptographicOperations.FixedTimeEquals(Of(frames), signature);
}
