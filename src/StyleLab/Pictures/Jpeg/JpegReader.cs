namespace StyleLab.Pictures.Jpeg;

internal static class JpegReader
{
    public static Picture Read(ReadOnlySpan<byte> data) => throw new NotSupportedException();
}
