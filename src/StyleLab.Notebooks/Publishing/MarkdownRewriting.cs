using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Changes formulas and the addresses of pictures in Markdown and leaves all else as it is written.</summary>
internal static partial class MarkdownRewriting
{
    /// <param name="markdown">The text.</param>
    /// <param name="formula">What to write for a formula, given with its dollar signs, its LaTeX, and whether it has a line of its own.</param>
    /// <param name="image">The address to write for a picture's.</param>
    public static string Rewrite(string markdown, Func<string, string, bool, string> formula, Func<string, string> image) =>
        Pieces().Replace(markdown, match =>
        {
            if (match.Groups["display"] is { Success: true } display)
                return formula(match.Value, display.Value, true);
            if (match.Groups["inline"] is { Success: true } inline)
                return formula(match.Value, inline.Value, false);
            if (match.Groups["address"] is not { Success: true } address)
                return match.Value;
            int at = address.Index - match.Index;
            return match.Value[..at] + image(address.Value) + match.Value[(at + address.Length)..];
        });

    // Code comes first, so that what looks like a formula or a picture in it is left alone.
    [GeneratedRegex(
        @"^ {0,3}(?<fence>`{3,}|~{3,}).*\n(?:.*\n)*?(?: {0,3}\k<fence>.*|.*\z)|(?<ticks>`+)(?:.|\n(?!\n))+?(?<!`)\k<ticks>(?!`)|\\[$`!]" +
        @"|\$\$(?<display>(?:.|\n(?!\n))+?)\$\$|\$(?<inline>[^\s$](?:(?:[^$\n]|\n(?!\n))*?[^\s\\$])?)\$(?!\d)" +
        @"|!\[[^\]]*\]\(\s*<?(?<address>[^)\s>]+)|<img\b[^>]*?\bsrc\s*=\s*[""'](?<address>[^""']*)",
        RegexOptions.Multiline)]
    private static partial Regex Pieces();
}
