namespace StyleLab.Notebooks.Tests;

/// <summary>Cells that talk to the kernel that runs them, as old notebooks do.</summary>
public sealed class KernelApiTests : IDisposable
{
    private const string Usings =
        "using Microsoft.DotNet.Interactive; using Microsoft.DotNet.Interactive.Commands; using Microsoft.DotNet.Interactive.Events; using Microsoft.DotNet.Interactive.Formatting;\n";

    private readonly RecordedSession _session = new();

    private IEnumerable<MimeBundle> Shown => _session.Outputs.OfType<DisplayOutput>().Select(output => output.Data);

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Sent_code_sees_what_its_cell_declared_and_later_cells_see_both()
    {
        await _session.ValueAsync(Usings +
            """
            int before = 5;
            await Kernel.Root.SendAsync(new SubmitCode("display(before + 1); int sent = before * 2; sent"));
            before++;
            """);
        Assert.Equal("6", Assert.Single(Shown)["text/plain"]);
        Assert.Equal("10", Assert.Single(_session.Results).Data["text/plain"]);
        Assert.Equal("6 10", await _session.ValueAsync("$\"{before} {sent}\""));

        // A cell without declarations of its own, and code that sends code.
        await _session.ValueAsync("await Kernel.Current.SubmitCodeAsync(\"var a = 1; await Kernel.Current.SubmitCodeAsync(\\\"var b = a + 1;\\\"); a += 2;\");");
        Assert.Equal("3 2 6", await _session.ValueAsync("$\"{a} {b} {before}\""));
    }

    [Fact]
    public async Task Sent_code_that_fails_fails_the_cell_and_what_was_declared_stays()
    {
        Assert.StartsWith("CS1525", await _session.ErrorAsync(Usings + "int kept = 1; await Kernel.Root.SendAsync(new SubmitCode(\"int q = ;\"));"));
        Assert.Equal("on purpose", await _session.ErrorAsync("await Kernel.Root.SendAsync(new SubmitCode(\"int inner = 2; throw new Exception(\\\"on purpose\\\");\"));"));
        Assert.Equal(3, await _session.ValueAsync("kept + inner"));
    }

    [Fact]
    public async Task A_cell_that_has_ended_sends_no_more_code()
    {
        await _session.ValueAsync("var go = new TaskCompletionSource(); var late = Task.Run(async () => { await go.Task; await Root.SubmitCodeAsync(\"var never = 1;\"); });");
        Assert.Equal("Cell 1 has ended; only a cell that runs can send code.", await _session.ErrorAsync("go.SetResult(); await late;"));
        Assert.Equal(1, await _session.ValueAsync("var never = 0; never + 1"));
    }

    [Fact]
    public async Task Code_can_be_sent_in_any_language_that_is_shown()
    {
        await _session.ValueAsync(Usings + "await Kernel.Root.SendAsync(new SubmitCode(\"<b>h</b>\", \"html\")); await Kernel.Root.SendAsync(new SubmitCode(\"#!markdown\\n*m*\"));");
        Assert.Equal(["<b>h</b>", "*m*"], Shown.Select(data => data["text/html"] ?? data["text/markdown"]));
        Assert.StartsWith("This cell is written in F#", await _session.ErrorAsync("await Kernel.Root.SendAsync(new SubmitCode(\"let x = 1\", \"fsharp\"));"));
    }

    [Fact]
    public async Task The_context_of_a_cell_shows_prints_and_publishes()
    {
        await _session.ValueAsync(Usings +
            """
            var context = KernelInvocationContext.Current;
            context.DisplayStandardOut("out");
            context.DisplayStandardError("err");
            context.Publish(new DisplayedValueProduced(1, context.Command, new[] { new FormattedValue("text/html", "<b>p</b>") }));
            context.Publish(new DisplayedValueProduced("as every value"));
            await context.HandlingKernel.SendAsync(new DisplayValue(new FormattedValue("text/markdown", $"from {Kernel.Current.Name}")));
            """);
        Assert.Equal([("stdout", "out"), ("stderr", "err")], _session.Outputs.OfType<StreamOutput>().Select(write => (write.Name, write.Text)));
        Assert.Equal(["<b>p</b>", "as every value", "from csharp"], Shown.Select(data => data["text/html"] ?? data["text/plain"] ?? data["text/markdown"]));
    }

    [Fact]
    public async Task Usings_of_namespaces_that_only_dotnet_interactive_had_do_no_harm()
    {
        string old = "using Microsoft.DotNet.Interactive.CSharp; using Microsoft.DotNet.Interactive.Connection;\n";
        Assert.Equal(1, await _session.ValueAsync(old + Usings + "using System.Threading;\n1"));
        await _session.ValueAsync("using Microsoft.DotNet.Interactive.Http;");
        Assert.Equal("CS0246: The type or namespace name 'CSharpKernel' could not be found (are you missing a using directive or an assembly reference?)",
            await _session.ErrorAsync(old + "var kernel = (CSharpKernel)Kernel.Root;"));
        Assert.StartsWith("Cell 4, line 2, column 14: CS0234", (await _session.RunAsync(old + "using System.Nowhere;", TestContext.Current.CancellationToken)).Error!.Traceback[0]);
    }

    [Theory]
    [InlineData("record Size(int W); Formatter<Size>.Register(s => $\"<i>{s.W}</i>\", \"text/html\"); Formatter.SetPreferredMimeTypeFor(typeof(Size), \"text/html\"); new Size(1)", "text/html", "<i>1</i>")]
    [InlineData("record Size(int W); Formatter<Size>.Register((s, writer) => writer.Write(s.W)); new Size(3)", "text/plain", "3")]
    [InlineData("System.Text.Json.Nodes.JsonNode.Parse(\"[1]\")", "application/json", "[\n  1\n]")]
    [InlineData("System.Text.Json.JsonDocument.Parse(\"[1]\")", "application/json", "[\n  1\n]")]
    [InlineData("dynamic d = new System.Dynamic.ExpandoObject(); d.A = 1; d", "text/plain", "{ \"A\": 1 }")]
    public async Task Values_and_formatters_of_the_early_days_are_shown(string code, string mimeType, string expected)
    {
        await _session.ValueAsync(Usings + code);
        Assert.Equal(expected, Assert.Single(_session.Results).Data[mimeType]);
    }
}
