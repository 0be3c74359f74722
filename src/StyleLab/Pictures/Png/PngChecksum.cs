namespace StyleLab.Pictures.Png;

/// <summary>CRC-32 as PNG uses it (PNG specification, annex D): reflected polynomial 0xEDB88320, inverted at start and end.</summary>
internal static class PngChecksum
{
    private static readonly uint[] _table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in data)
            crc = _table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var crc = n;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            table[n] = crc;
        }
        return table;
    }
}
