namespace StyleLab.Notebooks.Tests;

public sealed class DibFormatTests
{
    private const string Document =
        """
        #!meta

        {"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":["store"],"name":"sql-db"},{"aliases":[],"name":"csharp"}]}}

        #!csharp

        var a = 1;

        #!time
        a

        #!markdown

        # Title

        text

        #!store

        select 1

        """;

    [Fact]
    public void Cells_are_split_at_known_names_only()
    {
        var notebook = Read(Document);
        Assert.Equal([CellKind.Code, CellKind.Markdown, CellKind.Code], notebook.Cells.Select(cell => cell.Kind));
        Assert.Equal(["var a = 1;\n\n#!time\na", "# Title\n\ntext", "select 1"], notebook.Cells.Select(cell => cell.Source));
        Assert.Equal(["csharp", null, "sql-db"], notebook.Cells.Select(cell => cell.Language));
        Assert.Equal(".net-csharp", (string?)notebook.Metadata["kernelspec"]!["name"]);
    }

    [Fact]
    public void What_was_read_is_written_again()
    {
        string written = DibFormat.Write(Read(Document));
        Assert.Equal(Document.ReplaceLineEndings("\n").Replace("#!store", "#!sql-db"), written);
        Assert.Equal(written, DibFormat.Write(Read(written)));
    }

    [Fact]
    public void It_goes_through_ipynb_and_back()
    {
        string written = DibFormat.Write(Notebook.Parse(Read(Document).ToJson()));
        Assert.Equal(DibFormat.Write(Read(Document)), written);
    }

    [Theory]
    [InlineData("", "csharp:")]
    [InlineData("a\nb", "csharp:a\nb")]
    [InlineData("\n\n  \n\na\n\n", "csharp:  \n\na")]
    [InlineData("#!csharp\n\n#!markdown\n\n#!fsharp\nlet x = 1", "fsharp:let x = 1")]
    [InlineData("#!csharp \n#! csharp\nx", "csharp:#!csharp \n#! csharp\nx")]
    [InlineData("#!js\r\nf()\r\n", "javascript:f()")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"html\"}}\n#!html\n<b>", "html:<b>")]
    public void Corners_of_the_grammar(string text, string expected) =>
        Assert.Equal(expected, string.Join("|", Read(text).Cells.Select(cell => $"{cell.Language}:{cell.Source}")));

    [Fact]
    public void A_first_line_that_names_the_language_becomes_the_cells_own()
    {
        string written = DibFormat.Write(Fixture.Notebook("#!html\n<b>", "1", "# md"));
        Assert.EndsWith("\n#!html\n\n<b>\n\n#!csharp\n\n1\n\n#!markdown\n\n# md\n", written);
    }

    [Fact]
    public void A_damaged_meta_block_is_named()
    {
        var error = Assert.Throws<NotebookException>(() => Read("#!meta\n{\n#!csharp\n1"));
        Assert.Equal("x.dib is damaged below #!meta in line 1: its JSON breaks off or is damaged at line 1.", error.Message);
    }

    private static Notebook Read(string text) => DibFormat.Parse(text, "x.dib");
}
