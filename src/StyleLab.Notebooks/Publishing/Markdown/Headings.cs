using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>The headings of a page: an address for each, and the table of contents.</summary>
internal sealed partial class Headings
{
    // Fewer are seen at a glance.
    private const int WorthATable = 4;

    private readonly Dictionary<string, int> _ids = [];
    private readonly List<(int Level, string Id, string Html)> _headings = [];
    private int _notes;

    /// <summary>Notes a heading and gives it an id that no other has.</summary>
    /// <param name="level">1 to 6.</param>
    /// <param name="source">The heading as it is written.</param>
    /// <param name="html">The heading as it is shown.</param>
    public string Add(int level, string source, string html)
    {
        string name = IdOf(TextOf(source).Trim());
        string id = name;
        while (!_ids.TryAdd(id, 1))
            id = $"{name}-{++_ids[name]}";
        _headings.Add((level, id, html));
        return id;
    }

    /// <summary>The id of a heading, if no other is like it.</summary>
    public static string IdOf(string text) => OtherThanWords().Replace(text.ToLowerInvariant().Replace(' ', '-').Replace('\n', '-'), "");

    /// <summary>What the addresses of the next cell's notes begin with.</summary>
    public string NextNotes() => ++_notes == 1 ? "" : $"{_notes}-";

    /// <summary>Links to the headings of the second and third level, if the page is long; else nothing.</summary>
    /// <param name="take">Makes HTML of a heading ready to stand on the page.</param>
    public string ContentsHtml(Func<string, string> take)
    {
        var shown = _headings.Where(heading => heading.Level is 2 or 3).ToList();
        if (shown.Count < WorthATable)
            return "";
        var list = new StringBuilder();
        foreach (var (level, id, html) in shown)
            list.Append($"<li class=\"level-{level}\"><a href=\"#{WebUtility.HtmlEncode(id)}\">{take(LinksAndIds().Replace(html, ""))}</a></li>\n");
        return $"<nav class=\"contents\" aria-label=\"Contents\">\n<details open>\n<summary>Contents</summary>\n<ul>\n{list}</ul>\n</details>\n</nav>\n";
    }

    /// <summary>A heading without the signs before and behind it, or the line below it.</summary>
    private static string TextOf(string source)
    {
        if (!source.StartsWith('#'))
            return source.LastIndexOf('\n') is >= 0 and var line ? source[..line] : source;
        string text = source.TrimStart('#').TrimEnd();
        string open = text.TrimEnd('#');
        return open.Length == 0 || char.IsWhiteSpace(open[^1]) ? open : text;
    }

    [GeneratedRegex(@"[^\p{L}\p{N}_-]")]
    private static partial Regex OtherThanWords();

    // A link cannot stand inside another, and an id stands on a page once.
    [GeneratedRegex("</?a(?:\\s[^>]*)?>|(?<=<[a-z]+) id=\"[^\"]*\"")]
    private static partial Regex LinksAndIds();
}
