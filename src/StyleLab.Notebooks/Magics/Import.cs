namespace StyleLab.Notebooks;

/// <summary><c>#!import</c>: runs another file in this session.</summary>
internal static class Import
{
    /// <summary>Shows the Markdown of a notebook and runs its code.</summary>
    public static async Task RunNotebookAsync(CellRun run, string path)
    {
        foreach (var cell in Notebook.Load(path).Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                run.Show(new MimeBundle { { MimeTypes.Markdown, cell.Source } });
            else if (cell.Kind == CellKind.Code && !cell.HasTag(CellTags.SkipExecution))
                await run.RunCodeAsync(cell.Source, cell.Language, Path.GetFileName(path)).ConfigureAwait(false);
        }
    }

    public static async Task RunAsync(CellRun run, MagicArguments arguments)
    {
        string path = Path.GetFullPath(arguments.Required("file"), run.Folder);
        if (!File.Exists(path))
            throw new NotebookException($"#!import: there is no file {path}.");
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ipynb" or ".dib":
                await RunNotebookAsync(run, path).ConfigureAwait(false);
                break;
            case ".cs" or ".csx":
                await run.RunCodeAsync(await File.ReadAllTextAsync(path).ConfigureAwait(false), Language.CSharp.Name, Path.GetFileName(path)).ConfigureAwait(false);
                break;
            case ".html":
                run.Show(new MimeBundle { { MimeTypes.Html, await File.ReadAllTextAsync(path).ConfigureAwait(false) } });
                break;
            case ".js":
                run.Show(new MimeBundle { { MimeTypes.JavaScript, await File.ReadAllTextAsync(path).ConfigureAwait(false) } });
                break;
            case ".md":
                run.Show(new MimeBundle { { MimeTypes.Markdown, await File.ReadAllTextAsync(path).ConfigureAwait(false) } });
                break;
            case var other:
                throw new NotebookException(
                    $"#!import reads .ipynb, .dib, .cs, .csx, .html, .js and .md files, not {other}.");
        }
    }
}
