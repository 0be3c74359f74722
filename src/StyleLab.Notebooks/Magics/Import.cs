namespace StyleLab.Notebooks;

/// <summary><c>#!import</c>: runs another file in this session.</summary>
internal static class Import
{
    /// <summary>Shows the Markdown of a notebook and runs its code.</summary>
    public static void RunNotebook(IMagicCell cell, string path)
    {
        foreach (var part in Notebook.Load(path).Cells)
        {
            if (part.Kind == CellKind.Markdown)
                cell.Show(new MimeBundle { { MimeTypes.Markdown, part.Source } });
            else if (part.Kind == CellKind.Code && !part.HasTag(CellTags.SkipExecution))
                cell.RunCode(part.Source, part.Language, Path.GetFileName(path));
        }
    }

    public static void Run(IMagicCell cell, MagicArguments arguments)
    {
        string path = Path.GetFullPath(arguments.Required("file"), cell.Folder);
        if (!File.Exists(path))
            throw new NotebookException($"#!import: there is no file {path}.");
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ipynb" or ".dib":
                RunNotebook(cell, path);
                break;
            case ".cs" or ".csx":
                cell.RunCode(File.ReadAllText(path), Language.CSharp.Name, Path.GetFileName(path));
                break;
            case ".html":
                cell.Show(new MimeBundle { { MimeTypes.Html, File.ReadAllText(path) } });
                break;
            case ".js":
                cell.Show(new MimeBundle { { MimeTypes.JavaScript, File.ReadAllText(path) } });
                break;
            case ".md":
                cell.Show(new MimeBundle { { MimeTypes.Markdown, File.ReadAllText(path) } });
                break;
            case var other:
                throw new NotebookException(
                    $"#!import reads .ipynb, .dib, .cs, .csx, .html, .js and .md files, not {other}.");
        }
    }
}
