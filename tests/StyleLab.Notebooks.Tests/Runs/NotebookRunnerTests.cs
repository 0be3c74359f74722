using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Tests;

[Collection("The current directory of the process")]
public sealed class NotebookRunnerTests : IDisposable
{
    private readonly string _folder = Fixture.TemporaryFolder();

    private string OutputPath => Path.Combine(_folder, "out", "executed.ipynb");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_write_up_runs_from_top_to_bottom()
    {
        var progress = new Recorded();
        var result = await NotebookRunner.RunAsync(Fixture.PathOf("write-up.ipynb"), OutputPath, new RunOptions
            {
                Parameters = new Dictionary<string, string> { ["steps"] = "5", ["rate"] = "0.5", ["title"] = "5" },
                Progress = progress,
            }, TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Done, result.Status);
        var saved = Notebook.Load(OutputPath);
        var injected = saved.Cells.Single(cell => cell.HasTag("injected-parameters"));
        Assert.Equal("// Parameters of this run\nsteps = 5;\nrate = 0.5f;\ntitle = \"5\";", injected.Source);
        Assert.True(saved.Cells[saved.Cells.ToList().IndexOf(injected) - 1].HasTag("parameters"));

        var live = saved.Cells.Single(cell => cell.Source.StartsWith("class Descent"));
        Assert.Equal(["display_data", "stream"], live.Outputs.Select(o => (string?)o!["output_type"]));
        Assert.StartsWith("<svg", MultilineText.Read(live.Outputs[0]!["data"]!["image/svg+xml"]));
        Assert.Contains("0.03125", MultilineText.Read(live.Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal("5: 5 steps, last loss 0.0313\n", MultilineText.Read(live.Outputs[1]!["text"]));
        Assert.Equal(5, live.ExecutionCount);
        Assert.NotNull(live.Metadata["execution"]!["iopub.status.idle"]);

        Assert.Equal("done", (string?)saved.Metadata["stylelab"]!["status"]);
        Assert.Equal("0.5", (string?)saved.Metadata["stylelab"]!["parameters"]!["rate"]);
        Assert.Equal(Enumerable.Range(1, 7), progress.Reports.Select(r => r.Cell).Distinct());
        Assert.All(progress.Reports, r => Assert.Equal(("write-up.ipynb", 7), (r.Notebook, r.CellCount)));
        Assert.Contains(progress.Reports, r => r.Status?.StartsWith("Curve {") == true);
    }

    [Fact]
    public async Task A_failing_cell_ends_the_run_and_what_there_is_is_saved()
    {
        var result = await RunAsync("1 + 1", "# text", "Console.WriteLine(\"so far\");\nthrow new Exception(\"enough\");", "2 + 2");

        Assert.Equal((RunStatus.Failed, 2), (result.Status, result.FailedCell));
        Assert.Equal(["Exception: enough", "   at Cell 2, line 2"], result.Error!.Traceback);
        var cells = Notebook.Load(OutputPath).Cells;
        Assert.Equal("2", MultilineText.Read(cells[0].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal(["stream", "error"], cells[2].Outputs.Select(o => (string?)o!["output_type"]));
        Assert.Empty(cells[3].Outputs);
        Assert.Null(cells[3].ExecutionCount);
    }

    [Fact]
    public async Task Tags_skip_a_cell_or_expect_it_to_fail()
    {
        var notebook = Fixture.Notebook("throw new Exception(\"expected\");", "nonsense", "1 + 1");
        notebook.Cells[0].Metadata["tags"] = new JsonArray("raises-exception");
        notebook.Cells[1].Metadata["tags"] = new JsonArray("skip-execution");
        string path = Path.Combine(_folder, "tagged.ipynb");
        notebook.Save(path);
        var result = await NotebookRunner.RunAsync(path, OutputPath, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Done, result.Status);
        Assert.Equal([1, null, 2], result.Notebook.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal("error", (string?)result.Notebook.Cells[0].Outputs[0]!["output_type"]);
    }

    [Fact]
    public async Task Errors_can_be_allowed_and_are_still_told()
    {
        var result = await RunAsync(new RunOptions { AllowErrors = true }, "1", "throw new Exception(\"a\");", "2", "throw new Exception(\"b\");", "3");
        Assert.Equal((RunStatus.Failed, 2, "a"), (result.Status, result.FailedCell, result.Error!.Message));
        Assert.All(result.Notebook.Cells, cell => Assert.Single(cell.Outputs));
        Assert.Equal("failed", (string?)result.Notebook.Metadata["stylelab"]!["status"]);
    }

    [Fact]
    public async Task With_errors_allowed_a_cell_that_ran_too_long_is_an_error_too()
    {
        var result = await RunAsync(new RunOptions { AllowErrors = true, CellTimeout = TimeSpan.FromSeconds(2) }, "while (true) { }", "1 + 1");
        Assert.Equal((RunStatus.TimedOut, 1), (result.Status, result.FailedCell));
        Assert.Equal("2", MultilineText.Read(Notebook.Load(OutputPath).Cells[1].Outputs[0]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task A_dib_document_runs_with_its_languages()
    {
        string path = Path.Combine(_folder, "old.dib");
        File.WriteAllText(path, "#!csharp\n\n1 + 1\n\n#!markdown\n\n# T\n\n#!html\n\n<b>x</b>\n");
        var result = await NotebookRunner.RunAsync(path, OutputPath, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Done, result.Status);
        var saved = Notebook.Load(OutputPath);
        Assert.Equal("2", MultilineText.Read(saved.Cells[0].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal("<b>x</b>", MultilineText.Read(saved.Cells[2].Outputs[0]!["data"]!["text/html"]));
        var error = await Assert.ThrowsAsync<NotebookException>(() => NotebookRunner.RunAsync(path, Path.Combine(_folder, "out.dib"), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("name an .ipynb file", error.Message);
    }

    [Fact]
    public async Task A_cell_that_runs_too_long_is_stopped()
    {
        var result = await RunAsync(new RunOptions { CellTimeout = TimeSpan.FromSeconds(2) }, "Console.WriteLine(1);\nwhile (true) { }");
        Assert.Equal((RunStatus.TimedOut, 1), (result.Status, result.FailedCell));
        Assert.Equal("Cell 1 ran longer than 2 s and was stopped.", result.Error!.Message);
        var outputs = Notebook.Load(OutputPath).Cells[0].Outputs;
        Assert.Equal(["stream", "error"], outputs.Select(o => (string?)o!["output_type"]));
    }

    [Fact]
    public async Task A_cell_that_does_not_stop_says_so_and_is_aborted_when_its_time_has_passed_twice()
    {
        using var released = new ManualResetEventSlim();
        AppContext.SetData("released run", released);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = await RunAsync(new RunOptions { CellTimeout = TimeSpan.FromSeconds(2) },
            "var released = (System.Threading.ManualResetEventSlim)AppContext.GetData(\"released run\");\ntry { } finally { while (!released.IsSet) { } }", "1");
        released.Set();
        Assert.Equal((RunStatus.TimedOut, 1), (result.Status, result.FailedCell));
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(4));
        string said = MultilineText.Read(Notebook.Load(OutputPath).Cells[0].Outputs[0]!["text"]);
        Assert.Equal("Cell 1 does not stop yet: it is inside library code or a finally block, which cannot be stopped. It stops when that is over. " +
            "After 2 s more it is ended by force.\n", said);
    }

    [Fact]
    public async Task Cancelling_keeps_partial_outputs()
    {
        using var stop = new CancellationTokenSource();
        var options = new RunOptions { Progress = new Callback(report => { if (report.Cell == 2) stop.CancelAfter(300); }) };
        var result = await RunAsync(options, stop.Token, "display(\"first\");", "display(\"second\"); await Task.Delay(-1);");
        Assert.Equal((RunStatus.Cancelled, 2), (result.Status, result.FailedCell));
        var saved = Notebook.Load(OutputPath);
        Assert.Equal("cancelled", (string?)saved.Metadata["stylelab"]!["status"]);
        Assert.Equal("display_data", (string?)saved.Cells[1].Outputs[0]!["output_type"]);
    }

    [Fact]
    public async Task The_notebook_is_saved_after_every_cell()
    {
        string check = $"File.ReadAllText({System.Text.Json.JsonSerializer.Serialize(OutputPath)}).Contains(\"already\" + \" there\")";
        var result = await RunAsync("Console.Write(\"already \" + \"there\");", check);
        Assert.Equal("True", MultilineText.Read(result.Notebook.Cells[1].Outputs[0]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task Cells_run_in_the_folder_of_the_notebook_and_the_old_one_comes_back()
    {
        string before = Environment.CurrentDirectory;
        var result = await RunAsync("Path.GetFileName(Environment.CurrentDirectory)");
        Assert.Equal(Path.GetFileName(_folder), MultilineText.Read(result.Notebook.Cells[0].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal(before, Environment.CurrentDirectory);
    }

    [Fact]
    public async Task Outputs_are_stored_as_jupyter_stores_them()
    {
        var result = await RunAsync(
            """
            Console.Write("a\n"); Console.Write("b");
            var shown = display("one"); shown.Update("two");
            "{\"x\":[1]}".DisplayAs("application/json");
            display("gone"); clear_output(); display("kept");
            """);
        var outputs = result.Notebook.Cells[0].Outputs;
        Assert.Equal("kept", MultilineText.Read(Assert.Single(outputs)!["data"]!["text/plain"]));

        result = await RunAsync(
            """
            Console.Write("a\n"); Console.Write("b");
            var shown = display("one"); shown.Update("two\nlines");
            "{\"x\":[1]}".DisplayAs("application/json");
            """);
        var expected = JsonNode.Parse(
            """
            [{"name":"stdout","output_type":"stream","text":["a\n","b"]},
             {"data":{"text/plain":["two\n","lines"]},"metadata":{},"output_type":"display_data"},
             {"data":{"application/json":{"x":[1]}},"metadata":{},"output_type":"display_data"}]
            """);
        Assert.True(JsonNode.DeepEquals(expected, result.Notebook.Cells[0].Outputs), result.Notebook.Cells[0].Outputs.ToJsonString());
    }

    [Fact]
    public async Task A_notebook_in_another_language_is_refused()
    {
        var notebook = Fixture.Notebook("print(1)");
        notebook.Metadata["kernelspec"]!["language"] = "python";
        string path = Path.Combine(_folder, "snake.ipynb");
        notebook.Save(path);
        var error = await Assert.ThrowsAsync<NotebookException>(() => NotebookRunner.RunAsync(path, OutputPath, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("snake.ipynb is a notebook in python, and this program runs C# notebooks only.", error.Message);
        Assert.False(File.Exists(OutputPath));
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_refused_before_anything_runs()
    {
        string path = Path.Combine(_folder, "a.ipynb");
        Fixture.Notebook("File.WriteAllText(\"ran\", \"\")").Save(path);
        var error = await Assert.ThrowsAsync<NotebookException>(
            () => NotebookRunner.RunAsync(path, Path.Combine(path, "below-a-file.ipynb"), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(" cannot be written: ", error.Message);
        Assert.False(File.Exists(Path.Combine(_folder, "ran")));
    }

    [Theory]
    [InlineData("Directory.Delete(\"out\", true); File.WriteAllText(\"out\", \"\");")]
    [InlineData("File.Delete(\"out/result.ipynb\"); Directory.CreateDirectory(\"out/result.ipynb\");")]
    public async Task An_output_that_cannot_be_written_any_more_is_saved_elsewhere_and_the_run_goes_on(string loss)
    {
        string path = Path.Combine(_folder, "a.ipynb");
        Fixture.Notebook("1 + 1", loss, "40 + 2").Save(path);
        var result = await NotebookRunner.RunAsync(path, Path.Combine(_folder, "out", "result.ipynb"), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Done, result.Status);
        Assert.Contains("out/result.ipynb ", result.WriteProblem);
        Assert.EndsWith($" The outputs were saved as {result.OutputPath} instead.", result.WriteProblem);
        Assert.Contains("\"42\"", File.ReadAllText(result.OutputPath));
        Directory.Delete(Path.GetDirectoryName(result.OutputPath)!, recursive: true);
    }

    [Fact]
    public async Task Outputs_return_to_their_place_when_it_can_be_written_again()
    {
        string path = Path.Combine(_folder, "a.ipynb");
        Fixture.Notebook("Directory.Move(\"out\", \"away\"); File.WriteAllText(\"out\", \"\");", "7", "File.Delete(\"out\"); Directory.Move(\"away\", \"out\");").Save(path);
        string output = Path.Combine(_folder, "out", "result.ipynb");
        var result = await NotebookRunner.RunAsync(path, output, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((RunStatus.Done, null, output), (result.Status, result.WriteProblem, result.OutputPath));
        Assert.Contains("\"7\"", File.ReadAllText(output));
        Assert.Equal(["result.ipynb"], Directory.GetFiles(Path.Combine(_folder, "out")).Select(Path.GetFileName));
    }

    private Task<RunResult> RunAsync(params string[] cells) => RunAsync(new RunOptions(), default, cells);

    private Task<RunResult> RunAsync(RunOptions options, params string[] cells) => RunAsync(options, default, cells);

    private Task<RunResult> RunAsync(RunOptions options, CancellationToken cancellation, params string[] cells)
    {
        string path = Path.Combine(_folder, "notebook.ipynb");
        Fixture.Notebook(cells).Save(path);
        return NotebookRunner.RunAsync(path, OutputPath, options, cancellation);
    }

    private sealed class Callback(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }

    private sealed class Recorded : IProgress<RunProgress>
    {
        public List<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value)
        {
            lock (Reports)
                Reports.Add(value);
        }
    }
}
