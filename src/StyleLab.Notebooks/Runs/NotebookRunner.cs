namespace StyleLab.Notebooks;

/// <summary>Runs notebooks without a front end: all code cells in order, in one session.</summary>
public static class NotebookRunner
{
    /// <summary>
    /// Runs a notebook and saves it with its outputs. It is saved after every cell, so that whatever happens the
    /// outputs so far are kept, in the temporary folder if their place cannot be written any more; a failing cell ends the run, unless it is tagged <c>raises-exception</c>. Relative paths in cells begin at the notebook's folder,
    /// which is the process's current directory while it runs: run one notebook at a time.
    /// </summary>
    /// <param name="notebookPath">The .ipynb or .dib file to run; it is not changed unless it is also the output.</param>
    /// <param name="outputPath">Where the executed notebook goes; folders are made.</param>
    /// <param name="options">Parameters, time limit, progress.</param>
    /// <param name="cancellation">Stops the running cell; what it has shown is kept.</param>
    /// <exception cref="NotebookException">
    /// The notebook cannot be read or written or is not in C#, or a parameter does not fit. Errors of cells are
    /// results.
    /// </exception>
    public static async Task<RunResult> RunAsync(
        string notebookPath, string outputPath, RunOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new RunOptions();
        notebookPath = Path.GetFullPath(notebookPath);
        outputPath = Path.GetFullPath(outputPath);
        if (Notebook.IsDib(outputPath))
            throw new NotebookException($"The outputs of a run cannot be kept in {outputPath}, because .dib files have none; name an .ipynb file.");
        string name = Path.GetFileName(notebookPath);
        var notebook = Notebook.Load(notebookPath);
        CSharpNotebook.AddTo(notebook, name);
        NotebookParameters.Inject(notebook, name, options.Parameters);

        // Outputs of an earlier run would look like outputs of this one.
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
        }

        notebook.Metadata.Remove("widgets");
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = Path.GetDirectoryName(notebookPath)!;
        try
        {
            using var run = new NotebookRun(notebook, name, new RunOutput(outputPath), options);
            return await run.RunAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }
}
