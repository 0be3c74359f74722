using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Where the links of a notebook lead on its page: those to a notebook to its page, and nowhere if it has none.</summary>
/// <param name="notebook">The notebook whose links they are.</param>
/// <param name="options">Its folder, and what is published with it.</param>
internal sealed partial class NotebookLinks(Notebook notebook, PublishOptions options)
{
    private readonly Dictionary<string, PublishedNotebook> _pages =
        options.Together.GroupBy(page => Path.GetFullPath(page.Path)).ToDictionary(same => same.Key, same => same.First());

    /// <summary>The address for one that is written in text.</summary>
    /// <returns>The same one if it leads to no notebook; null if it leads to one that has no page.</returns>
    public string? InText(string address) => address.StartsWith('#') ? address[..1] + Heading(address[1..], notebook) : InOutput(address);

    /// <summary>The address for one in an output, whose places on the page are its own.</summary>
    /// <inheritdoc cref="InText"/>
    public string? InOutput(string address)
    {
        if (Link().Match(address) is not { Success: true } link)
            return address;
        string file = Uri.UnescapeDataString(link.Groups["file"].Value);
        if (!IsNotebook(file))
            return address;
        if (file.Contains('\0') || !_pages.TryGetValue(Path.GetFullPath(file, Path.GetFullPath(options.Folder ?? ".")), out var page))
            return null;
        return link.Groups["place"] is { Success: true } place ? $"{page.Address}#{Heading(place.Value, page.Notebook)}" : page.Address;
    }

    /// <summary>HTML whose links are as they are to be on the page.</summary>
    public static string Replace(string html, Func<string, string?> resolve)
    {
        if (!html.Contains("href", StringComparison.OrdinalIgnoreCase))
            return html;
        var changes = new Replacements(html);
        foreach (var link in RawHtml.Parts(html, hasFormulas: false).Where(part => part.Kind == RawHtmlKind.Link))
        {
            if (resolve(link.Text) is var address && address != link.Text)
                changes.Add(link.Start, link.Length, RawHtml.Link(address));
        }

        return changes.Apply();
    }

    private static bool IsNotebook(string file) => Path.GetExtension(file).ToLowerInvariant() is ".ipynb" or ".dib";

    // Jupyter names a heading as it is written, with hyphens for blanks; a place that an author has named keeps its name.
    private static string Heading(string place, Notebook target)
    {
        string name = Uri.UnescapeDataString(place);
        return target.Cells.SelectMany(HtmlOf).Any(html => Names(html, name)) ? place : Headings.IdOf(name);
    }

    private static IEnumerable<string> HtmlOf(NotebookCell cell) => cell.Kind == CellKind.Markdown
        ? [cell.Source]
        : cell.Kind == CellKind.Code ? cell.Outputs.Select(output => MultilineText.Read(output.Field("data").Field(MimeTypes.Html))) : [];

    private static bool Names(string html, string place) =>
        html.Contains(place, StringComparison.Ordinal) && NamedPlace().Matches(html).Any(named => named.Groups["name"].Value == place);

    // No scheme, no host: a file.
    [GeneratedRegex(@"\A(?![A-Za-z][A-Za-z0-9+.-]*:|//)(?<file>[^?#]+)(?:\?[^#]*)?(?:#(?<place>.*))?\z", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(?:id|name)\s*=\s*(?:""(?<name>[^""]*)""|'(?<name>[^']*)'|(?<name>[^\s""'>]+))", RegexOptions.IgnoreCase)]
    private static partial Regex NamedPlace();
}
