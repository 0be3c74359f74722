using System.IO.Compression;
using System.Text.Json.Nodes;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>The library from its packages, in our kernel and in .NET Interactive.</summary>
public sealed class PackedLibraryTests(PackedFeed feed, ITestOutputHelper output) : IClassFixture<PackedFeed>
{
    private const string Interactive = "STYLELAB_DOTNET_INTERACTIVE";

    [Theory]
    [InlineData("StyleLab")]
    [InlineData("StyleLab.Tensors")]
    [InlineData("StyleLab.Weights")]
    public void A_package_says_what_it_is(string name)
    {
        var package = feed.Nuspec(name);
        Assert.Equal(("MIT", "README.md", "icon.png"), (Value("license"), Value("readme"), Value("icon")));
        Assert.True(Value("description").Length > 20);
        using var files = ZipFile.OpenRead(feed.FileOf(name));
        Assert.Equal(
            ["README.md", "icon.png", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"],
            files.Entries.Select(entry => entry.FullName).Where(file => file.StartsWith("lib/", StringComparison.Ordinal) || file is "README.md" or "icon.png").Order(StringComparer.Ordinal));

        string Value(string element) => package.Descendants().First(found => found.Name.LocalName == element).Value;
    }

    [Fact]
    public void Our_kernel_loads_it_by_its_name()
    {
        string notebook = Notebook();
        using var kernel = new InstalledKernel(feed.Installed);
        var (exitCode, said) = kernel.Stylelab("run", notebook, "--out", Path.Combine(feed.Folder, "out"));
        Assert.True(exitCode == 0, said);
        ShowsPictures(Path.Combine(feed.Folder, "out", Path.GetFileName(notebook)));
    }

    [Fact]
    public void Dotnet_Interactive_loads_it_by_its_name()
    {
        string? program = Environment.GetEnvironmentVariable(Interactive);
        if (program is null)
        {
            output.WriteLine($"Nothing was tested: {Interactive} does not name the program of .NET Interactive.");
            return;
        }

        if (!Python.Has(output, "nbclient"))
            return;
        string kernels = Directory.CreateDirectory(Path.Combine(feed.Folder, "jupyter", "kernels")).FullName, executed = Path.Combine(feed.Folder, "interactive.ipynb");
        PackedFeed.Run(program, "jupyter", "install", "--path", kernels);
        (string, string)[] variables =
        [
            ("JUPYTER_DATA_DIR", Path.Combine(feed.Folder, "jupyter")), ("JUPYTER_RUNTIME_DIR", Path.Combine(feed.Folder, "runtime")), feed.Installed,
            ("PATH", Path.GetDirectoryName(Path.GetFullPath(program)) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")),
            ("DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE", "1"),
        ];
        var (exitCode, text) = Python.Run(variables, Python.Client("execute_notebook.py"), Notebook(), executed);
        Assert.True(exitCode == 0, text);
        ShowsPictures(executed);
    }

    private string Notebook()
    {
        string[] cells =
        [
            $"#i \"nuget: {feed.Source}\"\n#r \"nuget: StyleLab, {feed.Version}\"",
            "using StyleLab;\nvar content = Picture.Noise(40, 30, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.2);\ndisplay(content);",
            "display(new HeatMap(new double[,] { { 1, 2 }, { 3, 4 } })); display(new Plot(new PlotSeries(\"y\", [1.0, 2.0], [3.0, 1.0])));",
            """
            var network = LossNetwork.Load("vgg19-slim");
            var run = network.Synthesize(Loss.Content(content, "relu1_1"), Start.Noise(seed: 2), Optimizer.Adam(steps: 20));
            display(run);
            var result = await run;
            display(result.Picture);
            """,
            "var sweep = Sweep.Of(run).Over(\"seed\", [2L, 3L], (recipe, seed) => recipe with { Start = Start.Noise(seed) }).Run();\ndisplay(sweep);\nvar cells = await sweep;",
        ];
        string path = Path.Combine(feed.Folder, "library.ipynb");
        File.WriteAllText(path, new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((code, i) => (JsonNode)new JsonObject
            {
                ["cell_type"] = "code", ["execution_count"] = null, ["id"] = $"cell-{i}", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = code,
            })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4, ["nbformat_minor"] = 5,
        }.ToJsonString());
        return path;
    }

    private static void ShowsPictures(string executed)
    {
        var outputs = JsonNode.Parse(File.ReadAllText(executed))!["cells"]!.AsArray().Select(cell => cell!["outputs"]!.AsArray()
            .Where(shown => shown!["data"] is not null).Select(shown => shown!["data"]!.AsObject()).ToList()).ToList();
        foreach (var shown in outputs.Skip(1).SelectMany(cell => cell))
            Assert.DoesNotContain(shown, form => Text(form.Value).Length == 0);

        Assert.Equal(["image/png"], Assert.Single(outputs[1]).Select(form => form.Key).Where(type => type != "text/plain"));
        Assert.Contains(outputs[2][0], form => form.Key == "image/svg+xml");
        Assert.Contains(outputs[2][1], form => form.Key == "application/vnd.plotly.v1+json");
        // The view of the last step has taken the place of the first.
        Assert.Equal(2, outputs[3].Count);
        Assert.Contains("done in", Text(outputs[3][0]["text/html"]));
        Assert.Contains("image/png", outputs[3][1].Select(form => form.Key));
        Assert.Contains("2/2", Text(Assert.Single(outputs[4])["text/html"]));
    }

    // Notebook files hold text in lines or in one piece; other content is none.
    private static string Text(JsonNode? content) => content switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        JsonValue text => (string)text!,
        _ => content?.ToJsonString() ?? "",
    };
}
