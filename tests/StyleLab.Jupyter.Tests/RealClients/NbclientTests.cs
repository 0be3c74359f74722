using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

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

    [Theory]
    [InlineData("displays")]
    [InlineData("formatters")]
    [InlineData("kernel-calls")]
    [InlineData("languages")]
    [InlineData("parameters")]
    public void WhatStandsBelowTheCellsOfANotebookIsWhatItsCellsShow(string name)
    {
        if (!Python.Has(output, "nbclient"))
            return;
        string notebook = Python.Client(Path.Combine("notebooks", name + ".ipynb"));
        var (expected, actual) = (OutputsIn(notebook), Execute(notebook));
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (string cell in expected.Keys)
            Assert.Equal(expected[cell].Select(Essence), actual[cell].Select(Essence));

        // Where the kernel saw an error lies is told by tests of the session.
        static string Essence(JsonObject shown)
        {
            shown.Remove("traceback");
            return shown.ToJsonString();
        }
    }

    [Fact]
    public void WidgetsAreKeptWithTheNotebookAsTheyAreAtItsEnd()
    {
        if (!Python.Has(output, "nbclient"))
            return;
        string notebook = Path.Combine(kernel.Folder, "widgets.ipynb");
        File.WriteAllText(notebook, NotebookOf(
            "var picture = Widgets.Image(new byte[] { 0xFF, 0xD8, 7 });\ndisplay(picture);\nInteract((int n = 3) => n * n);", "picture.Show(new byte[] { 0xFF, 0xD8, 9 });"));
        var shown = Execute(notebook)["cell-0"];
        var states = JsonNode.Parse(File.ReadAllText(Path.Combine(kernel.Folder, "executed.ipynb")))!["metadata"]!["widgets"]!["application/vnd.jupyter.widget-state+json"]!["state"]!;
        var image = states[(string)shown[0]["data"]!["application/vnd.jupyter.widget-view+json"]!["model_id"]!]!;
        Assert.Equal(("ImageModel", "/9gJ"), ((string?)image["model_name"], (string?)image["buffers"]![0]!["data"]));
        var area = Assert.Single(states.AsObject(), state => (string?)state.Value!["model_name"] == "OutputModel").Value!;
        Assert.Equal("9", (string?)area["state"]!["outputs"]![0]!["data"]!["text/plain"]);
    }

    [Fact]
    public void APackageOfAFeedIsInstalledAndOneThatCannotBeHadIsSaidInOneSentence()
    {
        if (!Python.Has(output, "nbclient"))
            return;
        string folder = Directory.CreateDirectory(Path.Combine(kernel.Folder, "packages")).FullName;
        File.WriteAllText(Path.Combine(folder, "nuget.config"),
            """
            <configuration>
              <config><add key="globalPackagesFolder" value="installed" /></config>
              <packageSources><clear /></packageSources>
            </configuration>
            """);
        string feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        using (var package = ZipFile.Open(Path.Combine(feed, "Our.Markup.1.0.0.nupkg"), ZipArchiveMode.Create))
        {
            using (var nuspec = new StreamWriter(package.CreateEntry("Our.Markup.nuspec").Open()))
                nuspec.Write("<package><metadata><id>Our.Markup</id><version>1.0.0</version><authors>us</authors><description>d</description></metadata></package>");
            foreach (string library in (string[])["Spectre.Console.dll", "Spectre.Console.Ansi.dll"])
                package.CreateEntryFromFile(Path.Combine(AppContext.BaseDirectory, library), "lib/net8.0/" + library);
        }

        string notebook = Path.Combine(folder, "packages.ipynb");
        File.WriteAllText(notebook, NotebookOf(
            "#i \"nuget:feed\"\n#r \"nuget: Our.Markup\"\nusing Spectre.Console;\nnew Markup(\"[red]four[/]\").Length",
            "#r \"nuget:XPlot.Plotly\"",
            "new Markup(\"12\").Length"));
        var outputs = Execute(notebook, "100").Values.ToList();

        Assert.Contains("<li><span>Our.Markup, 1.0.0</span></li>", Data(outputs[0][0], "text/html"), StringComparison.Ordinal);
        Assert.Equal("4", Data(outputs[0][1], "text/plain"));
        Assert.Equal(
            "There is no package XPlot.Plotly in the package sources; check the name, or add a source with #i \"nuget: address\".",
            (string?)Assert.Single(outputs[1], o => (string?)o["output_type"] == "error")["evalue"]);
        Assert.Equal("2", Data(Assert.Single(outputs[2]), "text/plain"));
    }

    [Fact]
    public void ASynthesisThatIsInterruptedKeepsItsPicture()
    {
        if (!Python.Has(output, "nbclient"))
            return;
        string notebook = Path.Combine(kernel.Folder, "synthesis.ipynb");
        File.WriteAllText(notebook, NotebookOf(
            """
            #r "StyleLab"
            using StyleLab;
            var run = LossNetwork.Load("vgg19-slim").Synthesize(
                Loss.Content(Picture.Noise(32, 32, seed: 1, (0.5f, 0.5f, 0.5f), sigma: 0.2)), Start.Noise(seed: 2), Optimizer.Adam(steps: 1_000_000));
            display(run);
            var result = await run;
            """,
            "(result.Interrupted, result.Picture.Width)"));
        // Until then a busy machine must have compiled the cell, loaded the network and drawn the first picture.
        var outputs = Execute(notebook, "20").Values.ToList();

        Assert.Contains("data:image/", Data(outputs[0][0], "text/html"), StringComparison.Ordinal);
        Assert.Equal("Interrupted", (string?)outputs[0][^1]["ename"]);
        Assert.Equal("(True, 32)", Data(Assert.Single(outputs[1]), "text/plain"));
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

    [Fact]
    public void NbconvertWritesLatexWithThePicturesOfPlotsGridsAndResults()
    {
        if (!Python.Has(output, "nbconvert"))
            return;
        string notebook = Path.Combine(kernel.Folder, "paper.ipynb");
        var cells = new[]
        {
            "#r \"StyleLab\"\nusing StyleLab;\nvar a = Picture.Noise(48, 32, 1, (0.5f, 0.4f, 0.3f), 0.1);\nnew LossPlot(new PlotSeries(\"y\", [3, 2, 1]))",
            "new Grid(1, 2) { a, a.Blur(3) }", "new HeatMap(new double[,] { { 1, 2 }, { 3, 4 } })",
            "await LossNetwork.Load(\"vgg19-slim\").Synthesize(Loss.Content(a), Start.Noise(1), Optimizer.Adam(3), sizes: [48])",
        }.Select(code => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = code,
        });
        File.WriteAllText(notebook, new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]), ["nbformat"] = 4, ["nbformat_minor"] = 4,
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = "C#", ["language"] = "csharp", ["name"] = "csharp" } },
        }.ToJsonString());
        var (exitCode, text) = Python.Run(kernel.Environment, "-m", "nbconvert", "--execute", "--to", "latex", notebook);
        Assert.True(exitCode == 0, text);
        string latex = File.ReadAllText(Path.ChangeExtension(notebook, ".tex"));
        string[] included = [.. PaperPicture().Matches(latex).Select(picture => picture.Value).Distinct().Order()];
        Assert.Equal([".pdf", ".pdf", ".pdf", ".jpg"], included.Select(picture => Path.GetExtension(picture) is ".jpeg" ? ".jpg" : Path.GetExtension(picture)));
        Assert.All(included, picture => Assert.True(File.Exists(Path.Combine(kernel.Folder, picture)), picture));
    }

    /// <summary>The first in every run of the tests: .ci/run executes all with the command, and through nbconvert when it is to take long.</summary>
    public static IEnumerable<TheoryDataRow<string>> OurNotebooks =>
        Directory.GetFiles(Path.Combine(Repository.Folder, "notebooks"), "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
            .Select((name, i) => new TheoryDataRow<string>(name) { Explicit = i > 0 });

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

    [GeneratedRegex(@"paper_files/paper_\d+_\d+\.\w+")]
    private static partial Regex PaperPicture();

    [GeneratedRegex(@"\b(?<name>(size|steps) = )\d+")]
    private static partial Regex Quick();

    private Dictionary<string, List<JsonObject>> Execute(string notebook, params string[] seconds)
    {
        string executed = Path.Combine(kernel.Folder, "executed.ipynb");
        var (exitCode, text) = Python.Run(kernel.Environment, [Python.Client("execute_notebook.py"), notebook, executed, .. seconds]);
        Assert.True(exitCode == 0, text);
        return OutputsIn(executed);
    }

    private static Dictionary<string, List<JsonObject>> OutputsIn(string notebook) =>
        JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray()
            .Where(cell => (string?)cell!["cell_type"] == "code")
            .ToDictionary(cell => (string)cell!["id"]!, cell => cell!["outputs"]!.AsArray().Select(o => o!.AsObject()).ToList());

    private static string NotebookOf(params string[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select((source, i) => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code", ["execution_count"] = null, ["id"] = $"cell-{i}", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
        })]),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();

    private static string Data(JsonObject output, string mimeType) => Text(output["data"]![mimeType]);

    // Notebook files hold text in lines or in one piece.
    private static string Text(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string)text!;
}
