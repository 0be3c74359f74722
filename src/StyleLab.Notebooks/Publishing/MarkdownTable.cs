using System.Text;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Tables with columns between bars and a line of dashes below the head.</summary>
internal static partial class MarkdownTable
{
    public static bool IsSeparator(string line) => SeparatorPattern().IsMatch(line) && line.Contains('|');

    /// <summary>Renders the table whose head is at a line, and returns the line after it.</summary>
    public static int Render(IReadOnlyList<string> lines, int at, MarkdownInline inline, StringBuilder html)
    {
        string[] alignments = [.. Cells(lines[at + 1]).Select(Alignment)];
        html.Append("<table>\n<thead>");
        Row(lines[at], "th");
        html.Append("</thead>\n<tbody>\n");
        for (at += 2; at < lines.Count && lines[at].Contains('|'); at++)
            Row(lines[at], "td");
        html.Append("</tbody>\n</table>\n");
        return at;

        void Row(string line, string tag)
        {
            html.Append("<tr>");
            var cells = Cells(line);
            for (int i = 0; i < alignments.Length; i++)
                html.Append($"<{tag}{alignments[i]}>{(i < cells.Count ? inline.Render(cells[i]) : "")}</{tag}>");
            html.Append("</tr>\n");
        }
    }

    /// <summary>The cells of a line; bars in code, in formulas and behind a backslash do not separate.</summary>
    private static List<string> Cells(string line)
    {
        line = line.Trim();
        line = line.StartsWith('|') ? line[1..] : line;
        var cells = new List<string>();
        var cell = new StringBuilder();
        char inside = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\\' && i + 1 < line.Length)
            {
                cell.Append(line[i + 1] == '|' && inside == '\0' ? "" : "\\").Append(line[++i]);
            }
            else if (c == '|' && (inside == '\0' || line.IndexOf(inside, i) < 0))
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                inside = '\0';
            }
            else
            {
                if (c is '`' or '$')
                    inside = inside == c ? '\0' : inside == '\0' ? c : inside;
                cell.Append(c);
            }
        }

        if (cell.ToString().Trim().Length > 0)
            cells.Add(cell.ToString().Trim());
        return cells;
    }

    private static string Alignment(string dashes) => (dashes.StartsWith(':'), dashes.EndsWith(':')) switch
    {
        (true, true) => " style=\"text-align:center\"",
        (false, true) => " style=\"text-align:right\"",
        (true, false) => " style=\"text-align:left\"",
        _ => "",
    };

    [GeneratedRegex(@"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")]
    private static partial Regex SeparatorPattern();
}
