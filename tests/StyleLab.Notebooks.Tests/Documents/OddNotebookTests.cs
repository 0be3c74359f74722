using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Tests;

/// <summary>Files that are JSON, and odd.</summary>
public sealed class OddNotebookTests
{
    [Theory]
    [InlineData("""{"execution": "x"}""")]
    [InlineData("""{"execution": ["2026", null]}""")]
    [InlineData("""{"execution": {"iopub.status.busy": 7, "iopub.status.idle": {}}}""")]
    [InlineData("""{"polyglot_notebook": "x"}""")]
    [InlineData("""{"polyglot_notebook": {"kernelName": 3}, "dotnet_interactive": [1]}""")]
    [InlineData("""{"vscode": "x"}""")]
    [InlineData("""{"tags": "x"}""")]
    [InlineData("""{"tags": [null, 3, {"a": 1}]}""")]
    public void Odd_metadata_of_a_cell_is_passed_over_and_kept(string metadata)
    {
        string json = Cell($$"""{"cell_type": "code", "execution_count": null, "metadata": {{metadata}}, "outputs": [], "source": "1 + 1"}""");
        var notebook = IsReadAndPublished(json);
        Assert.Equal("1 + 1", notebook.Cells[0].Source);
        Assert.Null(notebook.Cells[0].Language);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(notebook.ToJson())));
    }

    [Theory]
    [InlineData("""{"kernelspec": "x"}""")]
    [InlineData("""{"kernelspec": {"language": 5}, "language_info": []}""")]
    [InlineData("""{"polyglot_notebook": "x"}""")]
    [InlineData("""{"polyglot_notebook": {"kernelInfo": {"items": [1, {"name": {}, "aliases": "x"}]}}}""")]
    [InlineData("""{"stylelab": [1]}""")]
    [InlineData("""{"stylelab": {"duration": 1e300, "parameters": 3}}""")]
    public void Odd_metadata_of_a_notebook_is_passed_over_and_kept(string metadata)
    {
        string json = $$"""{"cells": [], "metadata": {{metadata}}, "nbformat": 4, "nbformat_minor": 5}""";
        var notebook = IsReadAndPublished(json);
        CSharpNotebook.AddTo(notebook);
        foreach (var (name, value) in JsonNode.Parse(json)!["metadata"]!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, notebook.Metadata[name]));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"x\"")]
    [InlineData("""{"a.png": "x"}""")]
    [InlineData("""{"a.png": {"image/png": 5}}""")]
    public void Odd_attachments_are_no_pictures(string attachments) =>
        Assert.Contains("badge", HtmlExport.ToHtml(IsReadAndPublished(Cell(
            $$"""{"cell_type": "markdown", "metadata": {}, "attachments": {{attachments}}, "source": "![badge](attachment:a.png)"}""")), "x"));

    [Theory]
    [InlineData("image/png", "this is no base64!")]
    [InlineData("image/jpeg", "abc")]
    [InlineData("image/gif", "")]
    public void A_picture_that_is_no_base64_gives_way_to_the_text(string type, string content)
    {
        string output = Outputs($$"""{"output_type": "display_data", "data": { "{{type}}": "{{content}}", "text/plain": "a cat" } }""");
        string alone = Outputs($$"""{"output_type": "display_data", "data": { "{{type}}": "{{content}}" } }""");
        Assert.Contains("a cat", HtmlExport.ToHtml(IsReadAndPublished(output), "x"));
        Assert.DoesNotContain("<img", HtmlExport.ToHtml(Notebook.Parse(output), "x"));
        Assert.Contains($"({type} that cannot be read", HtmlExport.ToHtml(IsReadAndPublished(alone), "x"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(100_000)]
    public void A_deep_output_is_written_so_that_it_can_be_read_again(int depth)
    {
        var notebook = Notebook.Create();
        var data = new MimeBundle { { MimeTypes.Json, new string('[', depth) + new string(']', depth) } }.ToJson();
        notebook.Insert(0, CellKind.Code, "").Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = data });
        Assert.Equal(depth <= 100, IsReadAndPublished(notebook.ToJson()).Cells[0].Outputs[0]!["data"]![MimeTypes.Json] is JsonArray);
    }

    [Theory]
    [InlineData("""{"metadata": "x", "cell_type": "code", "source": ""}""", "cells[0].metadata is a string, expected an object")]
    [InlineData("""{"cell_type": 5, "source": ""}""", "cells[0].cell_type is a number, expected code, markdown or raw")]
    [InlineData("""{"cell_type": "code", "source": {"a": 1}}""", "cells[0].source is an object, expected text or a list of lines")]
    [InlineData("""{"cell_type": "code", "source": ["a", null]}""", "cells[0].source is a list, expected text or a list of lines")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": "x"}""", "cells[0].outputs is a string, expected a list of outputs")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [{}, null]}""", "cells[0].outputs[1] is null, expected an output")]
    [InlineData("""{"cell_type": "code", "source": "", "a": {"b": 1, "b": 2}}""", "its JSON has the key 'b' twice in one object")]
    public void What_cannot_be_passed_over_is_told_with_its_place(string cell, string expected) =>
        Assert.Contains(expected, Assert.Throws<NotebookException>(() => Notebook.Parse(Cell(cell), "n.ipynb")).Message);

    [Theory]
    [InlineData(@"cut \ud83d", "cut �")]
    [InlineData(@"\ude00 cut", "� cut")]
    [InlineData(@"whole \ud83d\ude00", "whole 😀")]
    [InlineData(@"no escape \\ud83d", @"no escape \ud83d")]
    [InlineData(@"\ud83d\ud83d\ude00", "�😀")]
    public void Half_an_emoji_becomes_a_mark(string json, string expected) =>
        Assert.Equal(expected, IsReadAndPublished(Cell($$"""{"cell_type": "code", "metadata": {}, "outputs": [], "source": "{{json}}"}""")).Cells[0].Source);

    [Theory]
    [InlineData("""{"kernelInfo": {}, "kernelInfo": {}}""", "x.dib is damaged below #!meta in line 1: its JSON has the key 'kernelInfo' twice in one object")]
    [InlineData("""{"kernelInfo": {"items": [{"name": "a", "name": "b"}]}}""", "has the key 'name' twice in one object")]
    [InlineData("[1]", "there is a list, expected an object")]
    [InlineData("{", "its JSON breaks off or is damaged")]
    public void The_meta_of_a_dib_file_is_told_too(string meta, string expected) =>
        Assert.Contains(expected, Assert.Throws<NotebookException>(() => DibFormat.Parse($"#!meta\n{meta}\n#!csharp\n1", "x.dib")).Message);

    [Fact]
    public void What_is_nested_too_deeply_is_called_so() => Assert.Contains("its JSON is nested too deeply at line 1",
        Assert.Throws<NotebookException>(() => Notebook.Parse(new string('[', 300) + new string(']', 300))).Message);

    [Theory]
    [InlineData("""{"kernelInfo": "x"}""")]
    [InlineData("""{"kernelInfo": {"defaultKernelName": 4, "items": ["a", {"aliases": [1]}]}}""")]
    public void Odd_meta_of_a_dib_file_is_passed_over_and_kept(string meta)
    {
        var notebook = DibFormat.Parse($"#!meta\n{meta}\n#!csharp\n1", "x.dib");
        Assert.Equal("1", notebook.Cells[0].Source);
        Assert.Contains(JsonNode.Parse(meta)!.ToJsonString(), DibFormat.Write(notebook));
    }

    private static Notebook IsReadAndPublished(string json)
    {
        var notebook = Notebook.Parse(json);
        HtmlExport.ToHtml(notebook, "x");
        MarkdownExport.Write(notebook, new PublishedAssets(name => name), new MarkdownFlavor(), new(notebook, new()));
        DibFormat.Write(notebook);
        return notebook;
    }

    private static string Cell(string cell) => $$"""{"cells": [{{cell}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}""";

    private static string Outputs(string output) =>
        Cell($$"""{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [{{output}}], "source": ""}""");
}
