using StyleLab.Cli.Parsing;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class ConvertTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task A_dib_document_becomes_a_notebook_that_runs_and_comes_back()
    {
        File.WriteAllText(_stylelab.At("a.dib"), "#!markdown\n\n# Title\n\n#!csharp\n\n6 * 7\n");
        Assert.Equal("a.ipynb\n", (await _stylelab.RunAsync("convert a.dib a.ipynb")).Succeeds().Output);
        Assert.Equal(["# Title", "6 * 7"], Notebook.Load(_stylelab.At("a.ipynb")).Cells.Select(cell => cell.Source));

        (await _stylelab.RunAsync("run a.ipynb")).Succeeds();
        var back = (await _stylelab.RunAsync("convert out/a.ipynb b.dib")).Succeeds();
        Assert.Contains("b.dib holds the cells only", back.Error);
        Assert.EndsWith("#!markdown\n\n# Title\n\n#!csharp\n\n6 * 7\n", File.ReadAllText(_stylelab.At("b.dib")));
    }

    [Fact]
    public async Task Run_takes_dib_documents_and_can_go_on_after_errors()
    {
        File.WriteAllText(_stylelab.At("a.dib"), "#!csharp\n\nthrow new Exception(\"first\");\n\n#!csharp\n\n6 * 7\n");
        var outcome = await _stylelab.RunAsync("run a.dib --allow-errors");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("a.dib: cell 1 failed with Exception: first", outcome.Error);
        Assert.Contains("\"42\"", File.ReadAllText(_stylelab.At("out/a.ipynb")));
    }

    [Theory]
    [InlineData("convert missing.dib a.ipynb", 2, "missing.dib does not exist")]
    [InlineData("convert content.png a.ipynb", 2, "convert knows .ipynb and .dib files, got 'content.png'.")]
    [InlineData("convert broken.ipynb a.dib", 1, "broken.ipynb is not a notebook")]
    [InlineData("convert broken.ipynb none/a.dib", 1, "the folder ")]
    public async Task What_cannot_be_converted_gets_one_sentence(string call, int exitCode, string expected)
    {
        File.WriteAllText(_stylelab.At("broken.ipynb"), "{");
        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
    }
}
