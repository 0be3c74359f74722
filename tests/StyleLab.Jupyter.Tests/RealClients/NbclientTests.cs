using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>nbclient, the engine of nbconvert, papermill and Quarto, executes notebooks.</summary>
public sealed partial class NbclientTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    [Fact]
    public void ANotebookWrittenForDotNetInteractiveRunsUnchanged()
    {
        if (!Python.Has(output, "nbclient"))
            return;
        var outputs = Execute(Python.Client(Path.Combine("notebooks", "dotnet-interactive.ipynb")));

        Assert.Equal(["second", "text"], outputs["display"].Take(2).Select(o => Data(o, "text/plain")));
        Assert.Equal("# Title", Data(outputs["display"][2], "text/markdown"));
        Assert.Equal("<b>bold</b>", Data(Assert.Single(outputs["html"]), "text/html"));
        Assert.Equal(@"\frac{a}{b}", Data(Assert.Single(outputs["latex"]), "text/latex"));
        Assert.Equal("<i>12.5°</i>", Data(Assert.Single(outputs["formatter"]), "text/html"));
        Assert.Contains("<td>", Data(Assert.Single(outputs["table"]), "text/html"), StringComparison.Ordinal);
        Assert.Equal("hello\n", Text(outputs["magics"][0]["text"]));
        Assert.StartsWith("Wall time: ", Data(outputs["magics"][1], "text/plain"), StringComparison.Ordinal);
        Assert.Equal("to stderr\n", Text(Assert.Single(outputs["await"], o => (string?)o["name"] == "stderr")["text"]));
        Assert.Equal("10", Data(Assert.Single(outputs["await"], o => (string?)o["output_type"] == "execute_result"), "text/plain"));
        Assert.Equal("DivideByZeroException", (string?)Assert.Single(outputs["fails"])["ename"]);
        Assert.Equal("0", Data(Assert.Single(outputs["after"]), "text/plain"));
    }

    [Fact]
    public void NbconvertWritesAPageOfOneOfOurNotebooks()
    {
        if (!Python.Has(output, "nbconvert"))
            return;
        string page = Path.Combine(kernel.Folder, "page.html");
        string notebook = Path.Combine(kernel.Folder, "notebook.ipynb");
        File.WriteAllText(notebook, """
            {"cells":[{"cell_type":"code","execution_count":null,"metadata":{},"outputs":[],"source":
            "#r \"StyleLab\"\nusing StyleLab;\nnew Picture(20, 10)"}],
            "metadata":{"kernelspec":{"display_name":"C#","language":"csharp","name":"csharp"}},"nbformat":4,"nbformat_minor":4}
            """);
        var (exitCode, text) = Python.Run(
            kernel.Environment, "-m", "nbconvert", "--execute", "--to", "html", "--output", page, notebook);
        Assert.True(exitCode == 0, text);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(page), StringComparison.Ordinal);
    }

    public static TheoryData<string> OurNotebooks => [.. Directory.GetFiles(Path.Combine(Repository.Folder, "notebooks"), "*.ipynb").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(OurNotebooks))]
    public void NbconvertExecutesOurNotebooks(string name)
    {
        if (!Python.Has(output, "nbconvert"))
            return;

        // Beside the data as in the repository; small and short.
        string home = Directory.CreateDirectory(Path.Combine(kernel.Folder, "repository", "notebooks")).FullName;
        string data = Path.Combine(kernel.Folder, "repository", "data");
        if (!Directory.Exists(data))
            Directory.CreateSymbolicLink(data, Path.Combine(Repository.Folder, "data"));
        var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "notebooks", name)))!;
        foreach (var cell in notebook["cells"]!.AsArray())
        {
            if (cell!["metadata"]?["tags"]?.AsArray().Any(tag => (string?)tag == "parameters") == true)
                cell["source"] = Quick().Replace(Text(cell["source"]), found => found.Groups["name"].Value + (found.Value.StartsWith("size", StringComparison.Ordinal) ? "64" : "2"));
        }

        string file = Path.Combine(home, name);
        File.WriteAllText(file, notebook.ToJsonString());
        string page = Path.ChangeExtension(file, ".html");
        var (exitCode, text) = Python.Run(
            kernel.Environment, "-m", "nbconvert", "--execute", "--ExecutePreprocessor.timeout=100", "--to", "html", "--output", page, file);
        Assert.True(exitCode == 0, text);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(?<name>(size|steps) = )\d+")]
    private static partial Regex Quick();

    private Dictionary<string, List<JsonObject>> Execute(string notebook)
    {
        string executed = Path.Combine(kernel.Folder, "executed.ipynb");
        var (exitCode, text) = Python.Run(kernel.Environment, Python.Client("execute_notebook.py"), notebook, executed);
        Assert.True(exitCode == 0, text);
        return JsonNode.Parse(File.ReadAllText(executed))!["cells"]!.AsArray()
            .Where(cell => (string?)cell!["cell_type"] == "code")
            .ToDictionary(cell => (string)cell!["id"]!, cell => cell!["outputs"]!.AsArray().Select(o => o!.AsObject()).ToList());
    }

    private static string Data(JsonObject output, string mimeType) => Text(output["data"]![mimeType]);

    // Notebook files hold text in lines or in one piece.
    private static string Text(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string)text!;
}
