namespace StyleLab.Pictures.Jpeg;

internal static class JpegWriter
{
    public static byte[] Write(Picture picture, int quality) => throw new NotSupportedException();
}
