namespace StyleLab.Pictures.Jpeg;

/// <summary>What the components of a frame mean.</summary>
internal enum ColorModel
{
    /// <summary>One component, brightness.</summary>
    Gray,

    /// <summary>Luma and two chroma components (JFIF: BT.601 weights, full range).</summary>
    YCbCr,

    /// <summary>Red, green and blue as they are.</summary>
    Rgb,

    /// <summary>Four inks, stored inverted: 255 is no ink. All common programs read four-component files so.</summary>
    Cmyk,

    /// <summary><see cref="Cmyk"/> with its first three components turned into luma and chroma.</summary>
    Ycck,
}
