namespace StyleLab.Pictures.Jpeg;

/// <summary>Marker codes: the byte that follows 0xFF (ITU-T T.81, table B.1).</summary>
internal static class Marker
{
    public const byte BaselineFrame = 0xC0;
    public const byte ExtendedFrame = 0xC1;
    public const byte ProgressiveFrame = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte FirstRestart = 0xD0;
    public const byte LastRestart = 0xD7;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte RestartInterval = 0xDD;
    public const byte Application0 = 0xE0;
    public const byte Application1 = 0xE1;
    public const byte Application2 = 0xE2;
    public const byte Application14 = 0xEE;

    /// <summary>Why a picture that uses this marker cannot be read, or null when the marker is no obstacle.</summary>
    public static string? Unsupported(byte code) => code switch
    {
        0xC3 => "lossless coding",
        0xC5 or 0xC6 or 0xC7 or 0xDE or 0xDF => "hierarchical coding",
        0xC8 => "a reserved extension",
        0xC9 or 0xCA or 0xCB or 0xCC or 0xCD or 0xCE or 0xCF => "arithmetic coding",
        0xF7 => "JPEG-LS coding",
        _ => null,
    };
}
