using StyleLab.Cli.Parsing;
using System.Text.Json.Nodes;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class RunTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task A_notebook_transfers_style_with_its_progress_shown_and_a_page_to_read()
    {
        WriteNotebook("paint.ipynb",
            "// parameters\nint steps = 100000;\nstring network = \"none\";",
            """
            #r "StyleLab"
            using StyleLab;
            var net = LossNetwork.Load(network);
            var content = Picture.Load("content.png").Fit(32);
            var run = net.Synthesize(Experiments.StyleTransferObjective(content, [Picture.Load("style.png")]), optimizer: Optimizer.Lbfgs(steps));
            display(run);
            var result = await run;
            """,
            "result.Picture");

        var outcome = (await _stylelab.RunAsync("run paint.ipynb -p steps=5 --network vgg19-slim --html")).Succeeds();

        Assert.Contains("paint.ipynb · cell 2 of 4", outcome.Error);
        Assert.Contains("out/paint.ipynb · ", outcome.Output);
        Assert.Contains("out/paint.html", outcome.Output);
        var cells = Notebook.Load(_stylelab.At("out/paint.ipynb")).Cells;
        Assert.Contains("step 5/5", cells[2].Outputs.ToJsonString());
        Assert.Contains("image/png", cells[3].Outputs.ToJsonString());
        Assert.Contains("src=\"data:image/png;base64,", File.ReadAllText(_stylelab.At("out/paint.html")));
    }

    [Fact]
    public async Task A_folder_means_all_its_notebooks_by_name_and_a_failing_one_keeps_no_other_from_being_run()
    {
        Directory.CreateDirectory(_stylelab.At("notebooks"));
        WriteNotebook("notebooks/2-later.ipynb", "Console.WriteLine(\"later\");");
        WriteNotebook("notebooks/1-fails.ipynb", "Console.WriteLine(\"before\");", "int[] none = [];\nnone[3]", "Console.WriteLine(\"after\");");

        var outcome = await _stylelab.RunAsync("run notebooks --out results");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(["results/1-fails.ipynb", "results/2-later.ipynb"], outcome.Output.TrimEnd().Split('\n').Select(line => line.Split(' ')[0]));
        Assert.Contains("notebooks/1-fails.ipynb: cell 2 failed with IndexOutOfRangeException: Index was outside the bounds of the array; results/1-fails.ipynb holds the outputs so far.\n", outcome.Error);
        var failed = File.ReadAllText(_stylelab.At("results/1-fails.ipynb"));
        Assert.Contains("\"before\\n\"", failed);
        Assert.DoesNotContain("\"after\\n\"", failed);
        Assert.Contains("\"later\\n\"", File.ReadAllText(_stylelab.At("results/2-later.ipynb")));
    }

    [Fact]
    public async Task A_cell_that_runs_too_long_is_stopped()
    {
        WriteNotebook("slow.ipynb", "Console.WriteLine(\"begun\");\nwhile (true) { }");

        var outcome = await _stylelab.RunAsync("run slow.ipynb --timeout 1");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("slow.ipynb: cell 1 ran longer than 1 s and was stopped; out/slow.ipynb holds the outputs so far.", outcome.Error);
        Assert.Contains("begun", File.ReadAllText(_stylelab.At("out/slow.ipynb")));
    }

    [Theory]
    [InlineData("run missing.ipynb", 2, "missing.ipynb does not exist")]
    [InlineData("run empty", 2, "The folder empty holds no .ipynb files")]
    [InlineData("run a.ipynb other/a.ipynb", 2, "two notebooks called a.ipynb")]
    [InlineData("run a.ipynb -p steps", 2, "-p takes name=value, got 'steps'")]
    [InlineData("run a.ipynb --timeout 0", 2, "--timeout takes a whole number of at least 1, got '0'")]
    [InlineData("run a.ipynb --network vgg18", 2, "There is no network 'vgg18'")]
    [InlineData("run a.ipynb -p stesp=3", 1, "a.ipynb has no parameter stesp")]
    [InlineData("run content.png", 1, "content.png is not a notebook")]
    [InlineData("run a.ipynb --out .", 2, "The outputs would replace ./a.ipynb itself: give another folder after --out.")]
    [InlineData("run other/a.ipynb b.ipynb --out .", 2, "The outputs would replace ./b.ipynb itself")]
    [InlineData("run other/a.ipynb --out .", 2, "The outputs would replace ./a.ipynb, which no run has written")]
    [InlineData("run c.dib --out .", 2, "The outputs would replace ./c.ipynb, which no run has written")]
    [InlineData("run b.ipynb a.ipynb --out taken", 2, "The output taken/a.ipynb is a folder")]
    [InlineData("run b.ipynb --out taken --html", 2, "The output taken/b.html is a folder")]
    [InlineData("run a.ipynb --out a.ipynb", 1, "The folder a.ipynb cannot be made")]
    public async Task What_is_wrong_is_said_in_one_sentence(string call, int exitCode, string expected)
    {
        Directory.CreateDirectory(_stylelab.At("empty"));
        Directory.CreateDirectory(_stylelab.At("other"));
        WriteNotebook("a.ipynb", "// parameters\nint steps = 3;");
        WriteNotebook("other/a.ipynb", "1");
        WriteNotebook("b.ipynb", "System.IO.File.WriteAllText(\"ran\", \"\");");
        WriteNotebook("c.dib", "1");
        WriteNotebook("c.ipynb", "2");
        Directory.CreateDirectory(_stylelab.At("taken/a.ipynb"));
        Directory.CreateDirectory(_stylelab.At("taken/b.html"));

        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
        Assert.False(File.Exists(_stylelab.At("ran")));
    }

    [Fact]
    public async Task The_outputs_of_an_earlier_run_are_replaced()
    {
        WriteNotebook("a.ipynb", "1");
        (await _stylelab.RunAsync("run a.ipynb")).Succeeds();
        (await _stylelab.RunAsync("run a.ipynb")).Succeeds();
        Assert.Equal(["a.ipynb"], Directory.GetFiles(_stylelab.At("out")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Outputs_and_page_that_cannot_be_written_any_more_are_saved_elsewhere()
    {
        Directory.CreateDirectory(_stylelab.At("tmp"));
        WriteNotebook("a.ipynb", "1", "Directory.Delete(\"out\", true); File.WriteAllText(\"out\", \"\");", "40 + 2");
        var outcome = await _stylelab.RunAsync("run a.ipynb --html", ("TMPDIR", _stylelab.At("tmp")));

        Assert.Equal(1, outcome.ExitCode);
        Assert.DoesNotContain("   at ", outcome.Error);
        string[] saved = Directory.GetFiles(_stylelab.At("tmp"), "a.*", SearchOption.AllDirectories);
        Assert.Equal(["a.html", "a.ipynb"], saved.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(saved, file => Assert.Contains($" saved as {file} instead.\n", outcome.Error));
        Assert.All(saved, file => Assert.Contains("42", File.ReadAllText(file)));
    }

    /// <summary>Writes a notebook of code cells; one that begins with "// parameters" is tagged so.</summary>
    private void WriteNotebook(string file, params string[] cells)
    {
        var notebook = Notebook.Create();
        foreach (var source in cells)
        {
            var cell = notebook.Insert(notebook.Cells.Count, CellKind.Code, source);
            if (source.StartsWith("// parameters", StringComparison.Ordinal))
                cell.Metadata["tags"] = new JsonArray("parameters");
        }
        notebook.Save(_stylelab.At(file));
    }
}
