namespace StyleLab.Cli.Tests.Verbs;

/// <summary>Files that are odd but valid never are a defect.</summary>
public sealed class OddFilesTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Theory]
    [InlineData("""{"execution": "x"}""", "{}")]
    [InlineData("""{"polyglot_notebook": "x", "dotnet_interactive": [2], "tags": 7}""", """{"vscode": "x", "stylelab": []}""")]
    public async Task A_notebook_with_odd_metadata_is_run_published_and_converted(string metadata, string ofNotebook)
    {
        Write("odd.ipynb", $$"""
            {"cells": [
              {"cell_type": "markdown", "metadata": {{metadata}}, "attachments": [1], "source": "![a](attachment:a.png)"},
              {"cell_type": "code", "execution_count": null, "metadata": {{metadata}}, "source": "1 + 1",
               "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "no base64!"} }]}
            ], "metadata": {{ofNotebook}}, "nbformat": 4, "nbformat_minor": 2}
            """);
        foreach (string call in new[] { "publish odd.ipynb -o odd.html", "publish odd.ipynb --to markdown -o odd.md", "publish odd.ipynb --to jekyll -o site", "convert odd.ipynb odd.dib", "run odd.ipynb --out out" })
            Assert.DoesNotContain("defect", (await _stylelab.RunAsync(call)).Succeeds().Error);
    }

    [Theory]
    [InlineData("convert odd.dib odd.ipynb", "#!meta\n{\"kernelInfo\": 1, \"kernelInfo\": 2}\n#!csharp\n1", "odd.dib is damaged below #!meta in line 1: its JSON has the key 'kernelInfo' twice in one object.")]
    [InlineData("run odd.dib", "#!meta\n[1]\n#!csharp\n1", "odd.dib is damaged below #!meta in line 1: there is a list, expected an object.")]
    [InlineData("publish odd.ipynb", """{"cells": [{"cell_type": "code", "source": 5}], "nbformat": 4}""", "odd.ipynb is damaged: cells[0].source is a number, expected text or a list of lines.")]
    [InlineData("run odd.ipynb", """{"cells": [{"cell_type": "code", "source": "", "metadata": 5}], "nbformat": 4}""", "odd.ipynb is damaged: cells[0].metadata is a number, expected an object.")]
    public async Task What_cannot_be_read_gets_one_sentence(string call, string content, string expected)
    {
        Write(call.Split(' ')[1], content);
        (await _stylelab.RunAsync(call)).FailsWith(1, expected);
    }

    private void Write(string file, string content) => File.WriteAllText(_stylelab.At(file), content);
}
