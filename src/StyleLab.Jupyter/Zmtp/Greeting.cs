namespace StyleLab.Jupyter.Zmtp;

/// <summary>The first 64 bytes each side sends (RFC 37, "Connection Establishment").</summary>
internal static class Greeting
{
    public const int Size = 64;

    private const int SignatureSize = 10;
    private const byte Major = 3;
    private const byte Minor = 1;
    private const int MechanismStart = 12;
    private const int MechanismSize = 20;

    // Signature, version, mechanism; then as-server and the filler, all zero.
    public static byte[] Ours()
    {
        var greeting = new byte[Size];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = Major;
        greeting[11] = Minor;
        "NULL"u8.CopyTo(greeting.AsSpan(MechanismStart));
        return greeting;
    }

    /// <summary>Reads the peer's greeting.</summary>
    /// <exception cref="ProtocolException">The peer is too old, speaks something else, or wants encryption.</exception>
    public static void Read(Stream stream)
    {
        Span<byte> greeting = stackalloc byte[Size];

        // Whoever is no ZMTP peer may never send 64 bytes, so the signature is judged alone. Bytes 1 to 8 are padding
        // that some implementations fill.
        stream.ReadExactly(greeting[..SignatureSize]);
        if (greeting[0] != 0xFF || greeting[9] != 0x7F)
            throw new ProtocolException("the peer does not speak ZMTP");

        stream.ReadExactly(greeting[SignatureSize..]);
        if (greeting[10] < Major)
            throw new ProtocolException($"the peer speaks ZMTP {greeting[10]}, which is older than {Major}");
        var mechanism = greeting.Slice(MechanismStart, MechanismSize).TrimEnd((byte)0);
        if (!mechanism.SequenceEqual("NULL"u8))
            throw new ProtocolException("the peer wants another security mechanism than NULL");
    }
}
