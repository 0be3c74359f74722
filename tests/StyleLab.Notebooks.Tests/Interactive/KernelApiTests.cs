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
    public async Task Sent_code_that_fails_says_so_the_cell_goes_on_and_what_was_declared_stays()
    {
        await _session.ValueAsync(Usings + "int kept = 1; var sent = await Kernel.Root.SendAsync(new SubmitCode(\"int q = ;\")); kept++;");
        Assert.StartsWith("Cell 1, line 1, column 9: CS1525", _session.Stderr);
        Assert.StartsWith("CS1525: ", (string?)await _session.ValueAsync("((CommandFailed)sent.Events.Last()).Message"));
        await _session.ValueAsync("await Kernel.Root.SendAsync(new SubmitCode(\"int inner = 2; throw new Exception(\\\"on purpose\\\");\"));");
        Assert.StartsWith("Exception: on purpose\n", _session.Stderr);
        Assert.Equal(4, await _session.ValueAsync("kept + inner"));
    }

    [Theory]
    [InlineData("(_, _) => throw new InvalidOperationException(\"my magic failed\")", "InvalidOperationException", "my magic failed")]
    [InlineData("null", "NullReferenceException", "")]
    public async Task What_a_magic_throws_is_an_error_of_its_cell(string handler, string name, string message)
    {
        await _session.ValueAsync("using Microsoft.DotNet.Interactive.Directives;\n" + Usings + $$"""
            public class Greet : KernelCommand { }
            Kernel.Root.AddDirective<Greet>(new KernelActionDirective("#!greet"), {{handler}});
            """);
        var result = await _session.RunAsync("#!greet", TestContext.Current.CancellationToken);
        Assert.Equal((CellStatus.Failed, name), (result.Status, result.Error!.Name));
        Assert.Contains(message, result.Error.Message);
        Assert.Equal(2, await _session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task A_cell_that_has_ended_sends_no_more_code()
    {
        await _session.ValueAsync("var go = new TaskCompletionSource(); var late = Task.Run(async () => { await go.Task; return await Root.SubmitCodeAsync(\"var never = 1;\"); });");
        Assert.Equal("CommandFailed: Cell 1 has ended; only a cell that runs can send code.", await _session.ValueAsync("go.SetResult(); (await late).Events.Last().ToString()"));
        Assert.Equal(1, await _session.ValueAsync("var never = 0; never + 1"));
    }

    [Fact]
    public async Task Code_can_be_sent_in_any_language_that_is_shown()
    {
        await _session.ValueAsync(Usings + "await Kernel.Root.SendAsync(new SubmitCode(\"<b>h</b>\", \"html\")); await Kernel.Root.SendAsync(new SubmitCode(\"#!markdown\\n*m*\"));");
        Assert.Equal(["<b>h</b>", "*m*"], Shown.Select(data => data["text/html"] ?? data["text/markdown"]));
        await _session.ValueAsync("await Kernel.Root.SendAsync(new SubmitCode(\"let x = 1\", \"fsharp\"));");
        Assert.StartsWith("F# cells need the package", _session.Stderr);
    }

    [Fact]
    public async Task Kernels_are_found_by_name_and_have_values()
    {
        Assert.Equal("CompositeKernel .NET CSharpKernel csharp True", await _session.ValueAsync(Usings +
            "var root = (CompositeKernel)Kernel.Root; var csharp = root.FindKernelByName(\"csharp\"); $\"{root.GetType().Name} {root.Name} {csharp.GetType().Name} {Kernel.Current.Name} {csharp.ParentKernel == root}\""));
        Assert.Equal("csharp,markdown,mermaid,javascript,value,html,http,fsharp", await _session.ValueAsync("string.Join(\",\", root.ChildKernels.Select(k => k.Name))"));
        Assert.Equal(true, await _session.ValueAsync("root.FindKernelByName(\"pascal\") == null && KernelInvocationContext.Current.HandlingKernel.RootKernel == root"));

        await _session.ValueAsync("var numbers = new List<int> { 1 };");
        Assert.Equal("True 1 False False", await _session.ValueAsync(
            "var k = (Microsoft.DotNet.Interactive.CSharp.CSharpKernel)csharp; $\"{k.TryGetValue(\"numbers\", out List<int> l)} {l.Count} {k.TryGetValue(\"numbers\", out string _)} {k.TryGetValue(\"none\", out object _)}\""));
        await _session.ValueAsync("await k.SetValueAsync(\"added\", new Dictionary<string, int[][,]> { [\"a\"] = new[] { new int[1, 2] } });");
        Assert.Equal(2, await _session.ValueAsync("added[\"a\"][0].Length"));
        Assert.Contains("added: Dictionary<string, int[][,]>", (string?)await _session.ValueAsync("string.Join(\"\\n\", k.GetValueInfos())"));
        Assert.Equal("[1]", await _session.ValueAsync("(await root.SendAsync(new RequestValue(\"numbers\", targetKernelName: \"csharp\"))).Events.OfType<ValueProduced>().Single().FormattedValue.Value"));
        await _session.ValueAsync("await root.SendAsync(new SendValue(\"sentValue\", 7.5)); await root.SendAsync(new SendValue(\"where\", \"http://localhost:1\", targetKernelName: \"http\"));");
        Assert.Equal(7.5, await _session.ValueAsync("sentValue"));
        Assert.Equal("http://localhost:1", await _session.ValueAsync("#!share where --from http\nwhere"));
    }

    [Fact]
    public async Task Sending_tells_what_happened_and_subscribers_hear_what_cells_do()
    {
        await _session.ValueAsync(Usings + "var result = await Kernel.Root.SendAsync(new SubmitCode(\"Console.Write(\\\"p\\\"); display(1); 1+1\"));");
        Assert.Equal("CodeSubmissionReceived,StandardOutputValueProduced,DisplayedValueProduced,ReturnValueProduced,CommandSucceeded",
            await _session.ValueAsync("string.Join(\",\", result.Events.Select(e => e.GetType().Name))"));
        Assert.Equal(2, await _session.ValueAsync("result.Events.OfType<ReturnValueProduced>().Single().Value"));
        await _session.ValueAsync("var heard = new List<string>(); var all = Kernel.Root.KernelEvents.Subscribe(e => { heard.Add(e.ToString()); Console.Write(\"*\"); }); "
            + "var errors = Kernel.Root.KernelEvents.OfType<CommandFailed>().Subscribe(e => heard.Add(\"failed: \" + e.Message));");
        await _session.ValueAsync("Console.Write(\"text\"); 5");
        Assert.Matches(@"^\*+text\*+$", _session.Stdout);
        await _session.RunAsync("throw new Exception(\"thrown\");", TestContext.Current.CancellationToken);
        await _session.ValueAsync("all.Dispose(); errors.Dispose();");
        string list = (string)(await _session.ValueAsync("string.Join(\"\\n\", heard)"))!;
        Assert.Contains("StandardOutputValueProduced: text\nReturnValueProduced: 5\nCommandSucceeded\nCodeSubmissionReceived\nErrorProduced: thrown\nCommandFailed: thrown\nfailed: thrown\n", list);
        Assert.Equal(list, await _session.ValueAsync("string.Join(\"\\n\", heard)"));
    }

    [Fact]
    public async Task A_notebook_adds_magic_commands_of_its_own()
    {
        await _session.ValueAsync(Usings + """
            using Microsoft.DotNet.Interactive.Directives;
            public enum Tone { Low, High }
            public class Greet : KernelCommand { public string Name { get; set; } public int Times { get; set; } = 1; public Tone HowHigh { get; set; } public bool Loud { get; set; } }
            Kernel.Root.AddDirective<Greet>(
                new KernelActionDirective("#!greet")
                {
                    Description = "Greets somebody.", KernelCommandType = typeof(Greet),
                    Parameters = { new("--name") { AllowImplicitName = true, Required = true }, new("--times"), new("--how-high"), new("--loud") { Flag = true } },
                },
                async (greet, context) => { await Task.Yield(); context.Display($"{greet.Name} {greet.Times} {greet.HowHigh} {greet.Loud}"); });
            Kernel.Root.AddDirective(new KernelActionDirective("#!plain"), (command, context) => { context.DisplayStandardOut(((DirectiveCommand)command).DirectiveName); return Task.CompletedTask; });
            """);
        await _session.ValueAsync("#!greet --loud Ann --times 3 --how-high high\n#!plain");
        Assert.Equal("Ann 3 High True", Assert.Single(Shown)["text/plain"]);
        Assert.Equal("#!plain", _session.Stdout);
        Assert.Equal("--times of #!greet is to be a whole number, not \"often\".", await _session.ErrorAsync("#!greet Ann --times often"));
        Assert.Equal("#!greet needs --name.", await _session.ErrorAsync("#!greet"));
        Assert.Equal("#!greet has no option --size; it takes --name, --times, --how-high, --loud.", await _session.ErrorAsync("#!greet --size 3"));
        await _session.RunAsync("#!lsmagic", TestContext.Current.CancellationToken);
        Assert.Contains("Greets somebody.", Assert.Single(Shown)["text/plain"]);
        Assert.Contains("#!greet", (await _session.CompleteAsync("#!gr|")).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task A_command_can_wait_code_can_be_offered_and_the_end_of_the_session_be_heard()
    {
        await _session.ValueAsync(Usings + "Kernel.Root.DeferCommand(new SubmitCode(\"var deferred = 3;\")); Kernel.Root.DeferCommand(new DisplayValue(new FormattedValue(\"text/plain\", \"waited\")));");
        Assert.Empty(Shown);
        Assert.Equal(3, await _session.ValueAsync("deferred"));
        Assert.Equal("waited", Assert.Single(Shown)["text/plain"]);
        await _session.ValueAsync("await Kernel.Root.SendAsync(new SendEditableCode(\"csharp\", \"1 + 1\")); await Kernel.Root.SendAsync(new SendEditableCode(\"markdown\", \"# A\"));");
        Assert.Equal(["```csharp\n1 + 1\n```", "# A"], Shown.Select(data => data["text/markdown"]));
        Assert.Equal("csharp - C# fsharp - F#", await _session.ValueAsync("$\"{Kernel.Current.KernelInfo} {Kernel.Root.FindKernelByName(\"f#\").KernelInfo.DisplayName}\""));

        using var other = new RecordedSession();
        string file = Path.Combine(Fixture.TemporaryFolder(), "ended");
        await other.ValueAsync($"Root.RegisterForDisposal(() => File.WriteAllText(@\"{file}\", \"\"));");
        Assert.False(File.Exists(file));
        other.Dispose();
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_notebook_has_commands_and_kernels_of_its_own()
    {
        await _session.ValueAsync(Usings + """
            public class Double : KernelCommand { public int Of; public int Result; }
            public class Half : KernelCommand { }
            public class Shouting : Kernel, IKernelCommandHandler<SubmitCode>
            {
                public Shouting() : base("shout") { }
                public async Task HandleAsync(SubmitCode command, KernelInvocationContext context) { await Task.Yield(); context.Display(command.Code.ToUpper()); }
            }
            Kernel.Root.RegisterCommandHandler<Double>((command, context) => { command.Result = 2 * command.Of; return Task.CompletedTask; });
            ((CompositeKernel)Kernel.Root).Add(new Shouting());
            """);
        Assert.Equal(8, await _session.ValueAsync("var twice = new Double { Of = 4 }; await Kernel.Root.SendAsync(twice); twice.Result"));
        await _session.ValueAsync("await Kernel.Root.SendAsync(new Half());");
        Assert.StartsWith("Nothing handles Half; give it a Handler", _session.Stderr);
        await _session.ValueAsync("#!shout\nhello\n#!csharp\n1");
        Assert.Equal("HELLO", Assert.Single(Shown)["text/plain"]);
        await _session.RunAsync("again", TestContext.Current.CancellationToken, language: "shout");
        Assert.Equal("AGAIN", Assert.Single(Shown)["text/plain"]);
        await _session.ValueAsync("await Kernel.Root.FindKernelByName(\"shout\").SubmitCodeAsync(\"sent\");");
        Assert.Equal("SENT", Assert.Single(Shown)["text/plain"]);
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
        Assert.Equal("csharp", await _session.ValueAsync(old + "var kernel = (CSharpKernel)Kernel.Current; kernel.Name"));
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
