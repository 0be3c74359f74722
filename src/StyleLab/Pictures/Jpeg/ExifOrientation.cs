using System.Buffers.Binary;

namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// How a camera's picture is to be turned to stand upright (EXIF tag 0x0112): first exchange rows and columns,
/// then mirror.
/// </summary>
internal readonly record struct ExifOrientation(bool Transpose, bool MirrorAcross, bool MirrorDown)
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;

    /// <summary>Nothing to turn.</summary>
    public static ExifOrientation Upright => default;

    /// <summary>Finds the orientation in a TIFF block; broken or silent blocks mean upright.</summary>
    /// <param name="tiff">The EXIF segment behind "Exif\0\0".</param>
    public static ExifOrientation Parse(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return Upright;
        bool isBigEndian = tiff.StartsWith("MM\0*"u8);
        if (!isBigEndian && !tiff.StartsWith("II*\0"u8))
            return Upright;

        uint directory = UInt32(tiff[4..]);
        if (directory > tiff.Length - 2)
            return Upright;
        var entries = tiff[(int)directory..];
        int count = UInt16(entries);
        entries = entries[2..];
        // An entry is 12 bytes: tag, type, count of values, value.
        for (int i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
            if (UInt16(entries) == OrientationTag && UInt16(entries[2..]) == ShortType)
                return FromTag(UInt16(entries[8..]));
        return Upright;

        ushort UInt16(ReadOnlySpan<byte> bytes) =>
            isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        uint UInt32(ReadOnlySpan<byte> bytes) =>
            isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    // The tag says on which sides of the upright picture the stored first row and first column are.
    private static ExifOrientation FromTag(int tag) => tag switch
    {
        2 => new(false, true, false),
        3 => new(false, true, true),
        4 => new(false, false, true),
        5 => new(true, false, false),
        6 => new(true, true, false),
        7 => new(true, true, true),
        8 => new(true, false, true),
        _ => Upright,
    };

    /// <summary>The picture turned upright.</summary>
    public Picture Apply(Picture picture)
    {
        if (this == Upright)
            return picture;
        int width = Transpose ? picture.Height : picture.Width;
        int height = Transpose ? picture.Width : picture.Height;
        var turned = new Picture(width, height);
        // A step to the right or down in the result is a fixed step in the source.
        int stepRight = Transpose ? picture.Width : 1, stepDown = Transpose ? 1 : picture.Width;
        int origin = 0;
        if (MirrorAcross)
            (origin, stepRight) = (origin + (width - 1) * stepRight, -stepRight);
        if (MirrorDown)
            (origin, stepDown) = (origin + (height - 1) * stepDown, -stepDown);
        int target = 0;
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < height; y++)
            {
                int source = channel * width * height + origin + y * stepDown;
                for (int x = 0; x < width; x++, source += stepRight)
                    turned.Values[target++] = picture.Values[source];
            }
        return turned;
    }
}
