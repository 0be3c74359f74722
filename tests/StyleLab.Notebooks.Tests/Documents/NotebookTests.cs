namespace StyleLab.Notebooks.Tests;

public sealed class NotebookTests
{
    [Theory]
    [InlineData("format-4.0.ipynb")]
    [InlineData("format-4.2.ipynb")]
    [InlineData("format-4.5.ipynb")]
    [InlineData("write-up.ipynb")]
    public void An_unchanged_notebook_is_written_back_byte_for_byte(string file)
    {
        string folder = Fixture.TemporaryFolder();
        string copy = Path.Combine(folder, "new folder", file);
        Notebook.Load(Fixture.PathOf(file)).Save(copy);
        Assert.Equal(File.ReadAllBytes(Fixture.PathOf(file)), File.ReadAllBytes(copy));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(copy)!));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Cells_are_read_and_changed_in_place()
    {
        var notebook = Notebook.Load(Fixture.PathOf("format-4.2.ipynb"));
        var cell = notebook.Cells[0];
        Assert.Equal(CellKind.Code, cell.Kind);
        Assert.Equal("var a = 1;\n\na", cell.Source);
        Assert.Equal(["keep", "parameters"], cell.Tags);
        Assert.Null(cell.ExecutionCount);

        cell.Source = "b";
        cell.ExecutionCount = 4;
        string before = File.ReadAllText(Fixture.PathOf("format-4.2.ipynb"));
        string expected = before
            .Replace("\"execution_count\": null", "\"execution_count\": 4")
            .Replace("    \"var a = 1;\\n\",\n    \"\\n\",\n    \"a\"\n", "    \"b\"\n");
        Assert.Equal(expected, notebook.ToJson());
    }

    [Fact]
    public void A_new_cell_has_an_id_only_where_the_format_has_ids()
    {
        var old = Notebook.Load(Fixture.PathOf("format-4.2.ipynb"));
        Assert.False(old.Insert(0, CellKind.Markdown, "x").Json.ContainsKey("id"));
        var current = Notebook.Load(Fixture.PathOf("format-4.5.ipynb"));
        var cell = current.Insert(1, CellKind.Code, "x\ny");
        Assert.Equal(["cell_type", "execution_count", "id", "metadata", "outputs", "source"], cell.Json.Select(f => f.Key));
        Assert.Same(cell, current.Cells[1]);
    }

    [Theory]
    [InlineData("{\"cells\": [", "is not a notebook: its JSON breaks off or is damaged at line 1.")]
    [InlineData("hello", "is not a notebook: its JSON breaks off or is damaged at line 1.")]
    [InlineData("{\"cells\": [], \"cells\": [], \"nbformat\": 4}", "is not a notebook: its JSON has the key 'cells' twice in one object")]
    [InlineData("[1, 2]", "without the field nbformat")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "without the field nbformat")]
    [InlineData("{\"nbformat\": 4}", "it has no list of cells")]
    [InlineData("{\"nbformat\": 4, \"cells\": [3]}", "is damaged: cells[0] is a number, expected a cell, which is an object.")]
    [InlineData("{\"nbformat\": 5, \"cells\": []}", "has notebook format 5, and this program reads format 4")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "has notebook format 3, and this program reads format 4")]
    public void What_is_no_notebook_gets_one_sentence(string content, string expected)
    {
        var error = Assert.Throws<NotebookException>(() => Notebook.Parse(content, "a.ipynb"));
        Assert.StartsWith("a.ipynb ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_missing_file_gets_one_sentence() =>
        Assert.Equal(
            "Cannot read the notebook no/such.ipynb: there is no such file.",
            Assert.Throws<NotebookException>(() => Notebook.Load("no/such.ipynb")).Message);
}
