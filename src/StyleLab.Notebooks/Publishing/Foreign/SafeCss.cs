using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>
/// Styles that fetch nothing and cover nothing of the page. They are kept as they are written or not at all: parsers that write styles
/// anew lose what they do not know, <c>clip-path</c> and <c>aspect-ratio</c> of our own figures among it.
/// </summary>
internal static partial class SafeCss
{
    public static bool Is(string css)
    {
        // A sign of a comment may stand in a text, where it is none: the styles are looked at with and without comments.
        return IsPlain(Decoded(css)) && IsPlain(Decoded(Comment().Replace(css, " ")));
    }

    private static bool IsPlain(string css) =>
        !Harms().IsMatch(css) && !css.Contains("</", StringComparison.Ordinal) && !css.Contains("<!", StringComparison.Ordinal);

    private static string Decoded(string css) => Escape().Replace(css, match => match.Groups["code"] is { Success: true } code
        ? int.Parse(code.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and < 0xD800 and var point ? ((char)point).ToString() : "?"
        : match.Groups["sign"].Value);

    [GeneratedRegex(@"/\*.*?(?:\*/|\z)", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\(?:(?<code>[0-9a-fA-F]{1,6})\s?|(?<sign>.))", RegexOptions.Singleline)]
    private static partial Regex Escape();

    // A picture inside the page is none that is fetched.
    [GeneratedRegex(@"(?:\burl\((?!\s*['""]?(?:data:(?:image|font)/|#))|\bsrc\(|\bimage(?:-set)?\(|@import|@namespace|@charset|expression\(|-moz-binding|\bbehavior\s*:|(?<![\w-])position\s*:\s*(?:fixed|sticky|var))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Harms();
}
