using System.Globalization;

namespace StyleLab.Figures;

/// <summary>An sRGB colour with an opacity of 0..1.</summary>
internal readonly record struct Ink(byte Red, byte Green, byte Blue, double Opacity = 1)
{
    /// <summary>Text, axes and, with little opacity, grid lines.</summary>
    public static readonly Ink Text = new(0x22, 0x22, 0x22);

    public static readonly Ink Paper = new(0xFF, 0xFF, 0xFF);

    // Okabe and Ito, "Color Universal Design" (2008): told apart with every common colour vision.
    // Ordered so that the first few also differ in lightness; the pale yellow comes last.
    private static readonly Ink[] Palette =
    [
        new(0x00, 0x72, 0xB2), new(0xD5, 0x5E, 0x00), new(0x00, 0x9E, 0x73), new(0xCC, 0x79, 0xA7),
        new(0xE6, 0x9F, 0x00), new(0x56, 0xB4, 0xE9), Text, new(0xF0, 0xE4, 0x42),
    ];

    /// <summary>The colour of a series; after the last colour they start again.</summary>
    public static Ink ForSeries(int index) => Palette[index % Palette.Length];

    /// <summary>Whether the colours have started again, so that the line is dashed to be told apart.</summary>
    public static bool IsRepeated(int index) => index / Palette.Length % 2 == 1;

    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{Red:X2}{Green:X2}{Blue:X2}");
}
