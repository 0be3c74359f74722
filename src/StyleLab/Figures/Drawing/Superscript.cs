using System.Globalization;

namespace StyleLab.Figures;

/// <summary>Raised digits, as in 10⁻⁴. Many fonts lack some of these characters, so canvases raise ordinary ones.</summary>
internal static class Superscript
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", Plain = "0123456789−";

    public static string Write(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(
        c => c == '-' ? '⁻' : Raised[c - '0']));

    public static bool IsRaised(char c) => Raised.Contains(c);

    /// <summary>The ordinary character that a raised one stands for.</summary>
    public static char ToPlain(char raised) => Plain[Raised.IndexOf(raised)];
}
