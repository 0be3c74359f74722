namespace StyleLab.Pictures.Png;

/// <summary>What a pixel consists of; the values are those of the file (PNG specification, table 11.1).</summary>
internal enum PngColorType : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
