using StyleLab.Cli.Runs;
using System.Buffers.Binary;
using StyleLab.Pictures.Png;

namespace StyleLab.Endurance.Mutations.Inputs;

/// <summary>PNG files after a change.</summary>
internal static class PngInputs
{
    private const int SignatureLength = 8, LengthAndType = 8, ChecksumLength = 4;

    /// <summary>The same with the checksum that each chunk should have.</summary>
    public static byte[] WithChecksums(byte[] png)
    {
        for (long at = SignatureLength; at + LengthAndType + ChecksumLength <= png.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan((int)at));
            long end = at + LengthAndType + length;
            if (end + ChecksumLength > png.Length)
                return png;
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan((int)end), PngChecksum.Of(png.AsSpan((int)at + 4, (int)length + 4)));
            at = end + ChecksumLength;
        }
        return png;
    }
}
