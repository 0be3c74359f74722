using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>The first line of an item in a Markdown list.</summary>
/// <param name="Indent">Blanks before the marker.</param>
/// <param name="ContentIndent">Where the text begins; later lines of the item are indented at least so far.</param>
/// <param name="IsOrdered">It has a number and no bullet.</param>
/// <param name="Number">The number, or empty.</param>
/// <param name="Text">What stands behind the marker.</param>
internal sealed partial record ListItem(int Indent, int ContentIndent, bool IsOrdered, string Number, string Text)
{
    public static ListItem? Match(string line)
    {
        var match = Pattern().Match(line);
        if (!match.Success)
            return null;
        var number = match.Groups["number"];
        return new ListItem(
            match.Groups["indent"].Length, match.Groups["text"].Index, number.Success, number.Value, match.Groups["text"].Value);
    }

    [GeneratedRegex(@"^(?<indent> *)(?:[-*+]|(?<number>\d{1,9})[.)])(?: {1,4}|$)(?<text>.*)$")]
    private static partial Regex Pattern();
}
