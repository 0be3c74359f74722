namespace StyleLab.Pictures;

/// <summary>
/// How a camera's picture is to be turned to stand upright (EXIF tag 0x0112): first exchange rows and columns,
/// then mirror.
/// </summary>
internal readonly record struct ExifOrientation(bool Transpose, bool MirrorAcross, bool MirrorDown)
{
    /// <summary>Nothing to turn.</summary>
    public static ExifOrientation Upright => default;

    /// <summary>From the tag's number, which says on which sides of the upright picture the stored first row and first column are.</summary>
    public static ExifOrientation FromTag(int tag) => tag switch
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
        // A step to the right or down in the result is a fixed step in the source.
        int stepRight = Transpose ? picture.Width : 1, stepDown = Transpose ? 1 : picture.Width;
        int origin = 0;
        if (MirrorAcross)
            (origin, stepRight) = (origin + (width - 1) * stepRight, -stepRight);
        if (MirrorDown)
            (origin, stepDown) = (origin + (height - 1) * stepDown, -stepDown);
        return picture.OfPlanes(width, height, (plane, turned) =>
        {
            int target = 0;
            for (int y = 0; y < height; y++)
            {
                int source = origin + y * stepDown;
                for (int x = 0; x < width; x++, source += stepRight)
                    turned[target++] = plane[source];
            }
        }).WithTexts(picture.Text);
    }
}
