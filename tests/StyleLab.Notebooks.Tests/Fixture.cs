namespace StyleLab.Notebooks.Tests;

/// <summary>Files the tests read, and folders they write to.</summary>
internal static class Fixture
{
    /// <summary>The folder of the repository that the tests were built in.</summary>
    public static string Repository { get; } = FindRepository();

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Fixtures", file);

    public static string TemporaryFolder() => Directory.CreateTempSubdirectory("notebooks").FullName;

    /// <summary>A notebook of these code cells; a cell that begins with "# " is Markdown.</summary>
    public static Notebook Notebook(params string[] cells)
    {
        var notebook = Notebooks.Notebook.Create();
        foreach (string cell in cells)
        {
            var kind = cell.StartsWith("# ", StringComparison.Ordinal) ? CellKind.Markdown : CellKind.Code;
            notebook.Insert(notebook.Cells.Count, kind, cell);
        }

        return notebook;
    }

    private static string FindRepository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "StyleLab.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return folder;
    }
}
