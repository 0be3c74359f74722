using System.Net;

namespace StyleLab.Notebooks;

/// <summary>The text of a cell as HTML with coloured tokens, each part in its language.</summary>
internal static class CellHighlighter
{
    private const string Beginning = "#!";

    /// <param name="source">The cell.</param>
    /// <param name="language">What its metadata says; C# if null.</param>
    public static string ToHtml(string source, string? language)
    {
        var html = new List<string>();
        var part = new List<string>();
        string current = Known(language) ?? Language.CSharp.Name;
        foreach (string line in source.Split('\n'))
        {
            if (Switched(line) is { } next && next != current)
            {
                Finish();
                current = next;
                if (next != Language.CSharp.Name)
                {
                    html.Add($"<span class=\"directive\">{WebUtility.HtmlEncode(line)}</span>");
                    continue;
                }
            }

            part.Add(line);
        }

        Finish();
        return string.Join('\n', html);

        void Finish()
        {
            if (part.Count > 0)
                html.Add(Coloured(string.Join('\n', part), current));
            part.Clear();
        }
    }

    /// <summary>The language that a cell begins with.</summary>
    public static string LanguageOf(string source, string? language) =>
        Switched(source.Split('\n')[0]) ?? Known(language) ?? language ?? Language.CSharp.Name;

    private static string Coloured(string text, string language) =>
        language == Language.CSharp.Name ? CSharpHighlighter.ToHtml(text) : LanguageHighlighter.ToHtml(text, language);

    private static string? Switched(string line) =>
        line.StartsWith(Beginning, StringComparison.Ordinal) ? Known(line[Beginning.Length..].Split(' ', '\t', '\r')[0]) : null;

    // Which database is asked is known while the notebook runs; that it is one, by the name.
    private static string? Known(string? name) => name == null ? null
        : name.StartsWith("sql-", StringComparison.Ordinal) ? Language.Sql.Name : Language.Find(name)?.Name;
}
