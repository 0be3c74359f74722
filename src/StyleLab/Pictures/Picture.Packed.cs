using StyleLab.Pictures;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>The pixels as 8-bit values packed as 0xRRGGBB.</summary>
    internal int[] ToPackedRgb()
    {
        var packed = new int[Width * Height];
        for (int i = 0; i < packed.Length; i++)
            packed[i] = PixelRounding.ToByte(Values[i]) << 16
                | PixelRounding.ToByte(Values[packed.Length + i]) << 8
                | PixelRounding.ToByte(Values[2 * packed.Length + i]);
        return packed;
    }
}
