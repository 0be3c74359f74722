namespace StyleLab.Pictures;

/// <summary>The one rule by which float values become bytes, whatever the file format.</summary>
internal static class PixelRounding
{
    /// <summary>Clamps to 0..1 and rounds value · 255 to the nearest integer (a tie goes to the even one). NaN becomes 0.</summary>
    public static byte ToByte(float value) =>
        value >= 1 ? (byte)255 :
        value > 0 ? (byte)MathF.Round(value * 255) :
        (byte)0;
}
