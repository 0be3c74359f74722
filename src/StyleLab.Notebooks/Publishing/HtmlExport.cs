namespace StyleLab.Notebooks;

/// <summary>An executed notebook as one HTML file that needs nothing else: pictures, formulas and styles are
/// inside.</summary>
public static class HtmlExport
{
    /// <summary>Writes the page to a temporary file and renames it.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="path">The .html file.</param>
    /// <param name="options">How it is published.</param>
    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Save(Notebook notebook, string path, PublishOptions? options = null) =>
        TextFile.Write(path, ToHtml(notebook, Path.GetFileNameWithoutExtension(path), options));

    /// <summary>Renders the page.</summary>
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
