using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>The headings of a page: an address for each, and the table of contents.</summary>
internal sealed partial class Headings
{
    // Fewer are seen at a glance.
    private const int WorthATable = 4;

    private readonly HashSet<string> _ids = [];
    private readonly List<(int Level, string Id, string Html)> _headings = [];

    /// <summary>Notes a heading and gives it an id that no other has.</summary>
    /// <param name="level">1 to 6.</param>
    /// <param name="text">The heading as it is written.</param>
    /// <param name="html">The heading as it is shown.</param>
    public string Add(int level, string text, string html)
    {
        string name = OtherThanWords().Replace(text.Trim().ToLowerInvariant().Replace(' ', '-'), "");
        string id = name;
        for (int i = 2; !_ids.Add(id); i++)
            id = $"{name}-{i}";
        _headings.Add((level, id, html));
        return id;
    }

    /// <summary>Links to the headings of the second and third level, if the page is long; else nothing.</summary>
    public string ContentsHtml()
    {
        var shown = _headings.Where(heading => heading.Level is 2 or 3).ToList();
        if (shown.Count < WorthATable)
            return "";
        var list = new StringBuilder();
        foreach (var (level, id, html) in shown)
            list.Append($"<li class=\"level-{level}\"><a href=\"#{WebUtility.HtmlEncode(id)}\">{Links().Replace(html, "")}</a></li>\n");
        return $"<nav class=\"contents\" aria-label=\"Contents\">\n<details open>\n<summary>Contents</summary>\n<ul>\n{list}</ul>\n</details>\n</nav>\n";
    }

    [GeneratedRegex(@"[^\p{L}\p{N}_-]")]
    private static partial Regex OtherThanWords();

    // A link cannot stand inside another.
    [GeneratedRegex("</?a(?:\\s[^>]*)?>")]
    private static partial Regex Links();
}
