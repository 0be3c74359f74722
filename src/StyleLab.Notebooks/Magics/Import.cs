namespace StyleLab.Notebooks;

/// <summary><c>#!import</c>: runs another file in this session.</summary>
internal static class Import
{
    /// <summary>Shows the Markdown of a notebook and runs its code.</summary>
    public static void RunNotebook(CellRun run, string path)
    {
        foreach (var cell in Notebook.Load(path).Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                run.Show(new MimeBundle { { MimeTypes.Markdown, cell.Source } });
            else if (cell.Kind == CellKind.Code && !cell.HasTag(CellTags.SkipExecution))
                run.RunCode(cell.Source, cell.Language, Path.GetFileName(path));
        }
    }

    public static void Run(CellRun run, MagicArguments arguments)
    {
        string path = Path.GetFullPath(arguments.Required("file"), run.Folder);
        if (!File.Exists(path))
            throw new NotebookException($"#!import: there is no file {path}.");
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ipynb" or ".dib":
                RunNotebook(run, path);
                break;
            case ".cs" or ".csx":
                run.RunCode(File.ReadAllText(path), Language.CSharp.Name, Path.GetFileName(path));
                break;
            case ".html":
                run.Show(new MimeBundle { { MimeTypes.Html, File.ReadAllText(path) } });
                break;
            case ".js":
                run.Show(new MimeBundle { { MimeTypes.JavaScript, File.ReadAllText(path) } });
                break;
            case ".md":
                run.Show(new MimeBundle { { MimeTypes.Markdown, File.ReadAllText(path) } });
                break;
            case var other:
                throw new NotebookException(
                    $"#!import reads .ipynb, .dib, .cs, .csx, .html, .js and .md files, not {other}.");
        }
    }
}
