namespace StyleLab.Notebooks;

/// <summary>An executed notebook as one HTML file that needs nothing else: pictures, formulas and styles are
/// inside. Only where it has plotly charts, one copy of plotly.js lies beside it, which all pages of the folder share.</summary>
public static class HtmlExport
{
    /// <summary>Writes the page to a temporary file and renames it.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="path">The .html file.</param>
    /// <param name="options">How it is published.</param>
    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Save(Notebook notebook, string path, PublishOptions? options = null) =>
        Save(notebook, path, Path.GetFileNameWithoutExtension(path), options);

    /// <summary>The same under a name of its own, which is the title if no Markdown cell has a heading.</summary>
    internal static void Save(Notebook notebook, string path, string name, PublishOptions? options)
    {
        var page = new HtmlPage(notebook, options ?? new());
        string html = page.Render(name);
        foreach (var (file, content) in page.Files)
        {
            string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file);
            if (!File.Exists(beside) || new FileInfo(beside).Length != content.Length)
                TextFile.Write(beside, content);
        }

        TextFile.Write(path, html);
    }

    /// <summary>Renders the page. Charts are drawn by a plotly.js beside it, which <see cref="Save(Notebook, string, PublishOptions?)"/> puts there.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="name">The title if no Markdown cell has a heading.</param>
    /// <param name="options">How it is published.</param>
    public static string ToHtml(Notebook notebook, string name = "notebook", PublishOptions? options = null) =>
        new HtmlPage(notebook, options ?? new()).Render(name);

    /// <summary>The first heading of the first level in a Markdown cell, or null.</summary>
    internal static string? TitleOf(Notebook notebook) =>
        notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();
}
