using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>A formula in a text.</summary>
/// <param name="Length">Of the formula with what encloses it.</param>
/// <param name="Latex">The formula itself.</param>
/// <param name="IsDisplay">It stands on a line of its own.</param>
internal readonly record struct FormulaRange(int Length, string Latex, bool IsDisplay);

/// <summary>
/// Finds formulas as Jupyter does: between dollar signs, <c>\\(…\\)</c>, <c>\\[…\\]</c> and <c>\begin{…}…\end{…}</c>, within a
/// paragraph. Each text is read a bounded number of times, whatever is in it.
/// </summary>
internal sealed partial class FormulaEnds
{
    private readonly Dictionary<int, int> _ends = [];
    private string? _text;

    /// <summary>The formula that begins at a place, or null.</summary>
    /// <param name="text">The text; formulas do not go beyond an empty line in it.</param>
    /// <param name="from">Where the formula is to begin.</param>
    /// <param name="end">The end of the text.</param>
    public FormulaRange? At(string text, int from, int end)
    {
        if (text[from] == '$')
            return from + 1 < end && text[from + 1] == '$' ? Display(text, from, end) : Inline(text, from, end);
        if (from + 2 >= end || (text[from + 1] != 'b' && (text[from + 1] != '\\' || text[from + 2] is not ('(' or '['))))
            return null;
        if (!ReferenceEquals(text, _text))
            FindPairs(text);
        if (!_ends.TryGetValue(from, out int close) || close > end)
            return null;
        string whole = text[from..close];
        return text[from + 1] == 'b' ? new(whole.Length, whole, true) : new(whole.Length, whole[3..^3], text[from + 2] == '[');
    }

    private static FormulaRange? Display(string text, int from, int end)
    {
        for (int at = from + 2; at + 1 < end; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == '\n' && IsBlank(text, at + 1))
                return null;
            else if (text[at] == '$' && text[at + 1] == '$')
                return string.IsNullOrWhiteSpace(text[(from + 2)..at]) ? null : new(at + 2 - from, text[(from + 2)..at], true);
        }

        return null;
    }

    private static FormulaRange? Inline(string text, int from, int end)
    {
        for (int at = from + 1; at < end; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == '\n' && IsBlank(text, at + 1))
                return null;
            else if (text[at] == '$')
                return IsFormula(text.AsSpan(from + 1, at - from - 1), at + 1 < end ? text[at + 1] : ' ') ? new(at + 1 - from, text[(from + 1)..at], false) : null;
        }

        return null;
    }

    // Money is no formula: "5$ and 10$", "$5 and $10", "$ 5 and $ 10".
    private static bool IsFormula(ReadOnlySpan<char> inside, char next) =>
        !inside.IsWhiteSpace() && !char.IsAsciiDigit(next)
        && ((!char.IsWhiteSpace(inside[0]) && !char.IsWhiteSpace(inside[^1])) || inside.IndexOfAny("\\^_=") >= 0);

    private static bool IsBlank(string text, int at)
    {
        while (at < text.Length && text[at] is (' ' or '\t' or '>'))
            at++;
        return at >= text.Length || text[at] == '\n';
    }

    private void FindPairs(string text)
    {
        _text = text;
        _ends.Clear();
        var open = new Dictionary<string, Stack<int>>();
        foreach (Match mark in Marks().Matches(text))
        {
            if (mark.Groups["blank"].Success)
            {
                open.Clear();
                continue;
            }

            string name = mark.Groups["name"] is { Success: true } named ? named.Value : mark.Value[2] is '(' or ')' ? "()" : "[]";
            if (mark.Groups["open"].Success)
            {
                if (!open.TryGetValue(name, out var starts))
                    open[name] = starts = [];
                starts.Push(mark.Index);
            }
            else if (open.TryGetValue(name, out var starts) && starts.TryPop(out int start))
            {
                _ends[start] = mark.Index + mark.Length;
            }
        }
    }

    [GeneratedRegex(@"\n(?<blank>[ \t>]*(?=\n))|(?:(?<open>\\begin)|\\end)\{(?<name>[A-Za-z]+\*?)\}|(?<open>\\\\[(\[])|\\\\[)\]]")]
    private static partial Regex Marks();
}
