using System.Diagnostics;
using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StyleLab.Notebooks.Packages;

namespace StyleLab.Notebooks.Tests;

/// <summary>Packages with extensions that were compiled against .NET Interactive.</summary>
public sealed class ExtensionTests : IDisposable
{
    private const string Interactive = "Microsoft.DotNet.Interactive";
    private const string InteractiveVersion = "1.0.0-beta.26120.1";

    private const string Library =
        """
        using Microsoft.DotNet.Interactive;
        namespace Ours;
        public class Gauge { public int Value { get; set; } = 3; public void Tell() => KernelInvocationContext.Current.Display($"at {Value}", "text/plain"); }
        """;

    private readonly string _folder = Fixture.TemporaryFolder();
    private readonly RecordedSession _session;

    public ExtensionTests() => _session = new RecordedSession(_folder);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [NetworkFact]
    public async Task A_package_that_brings_NET_Interactive_leaves_the_session_as_it_was()
    {
        await _session.ValueAsync("#r \"nuget: Plotly.NET.Interactive, 6.0.0\"");
        Assert.Single(_session.Outputs.OfType<DisplayOutput>()); // The list of packages.
        Assert.Equal(2, await _session.ValueAsync("1 + 1"));
        await _session.ValueAsync("Console.Write(\"out\"); Console.Error.Write(\"err\"); display(5); clear_output();");
        Assert.Equal(("out", "err"), (_session.Stdout, _session.Stderr));

        // Not ours, and in the way of nothing: its own method can be called, and gives what it gives there.
        Assert.Contains("cdn.plot.ly", (string)(await _session.ValueAsync(
            "Plotly.NET.Interactive.Formatters.toInteractiveHTML(Plotly.NET.GenericChart.ofTraceObjects(true, Array.Empty<Plotly.NET.Trace>()))"))!);
    }

    [NetworkFact]
    public async Task An_extension_gets_a_kernel_of_the_NET_Interactive_that_its_package_brought()
    {
        await MakePackageAsync(bringsInteractive: true,
            """
            Formatter.Register<Ours.Gauge>((gauge, writer) => writer.Write($"<meter value={gauge.Value}>"), "text/html");
            Formatter.Register<Ours.Gauge>(gauge => $"gauge at {gauge.Value}");
            KernelInvocationContext.Current.DisplayAs("Gauges are here.", "text/markdown");
            await kernel.SendAsync(new Microsoft.DotNet.Interactive.Commands.SubmitCode("int sent = 7;"));
            if (kernel is not CompositeKernel) throw new System.Exception("no kernel");
            """);
        await _session.ValueAsync("#i \"nuget: feed\"\n#r \"nuget: Our.Gauges\"");
        Assert.Contains(_session.Outputs.OfType<DisplayOutput>(), output => output.Data["text/markdown"] == "Gauges are here.");
        AssertExtensionWorks();
        Assert.Equal(7, await _session.ValueAsync("sent"));
        await _session.ValueAsync("new Ours.Gauge()");
        var shown = Assert.Single(_session.Results).Data;
        Assert.Equal(("<meter value=3>", "gauge at 3"), (shown["text/html"], shown["text/plain"]));
        await _session.ValueAsync("new[] { new { Name = \"a\", Gauge = new Ours.Gauge { Value = 4 } } }");
        Assert.Contains("<td><meter value=4></td>", Assert.Single(_session.Results).Data["text/html"]);

        // What the library shows from within a cell appears below it.
        await _session.ValueAsync("new Ours.Gauge().Tell();");
        Assert.Equal("at 3", Assert.IsType<DisplayOutput>(Assert.Single(_session.Outputs)).Data["text/plain"]);

        // What the notebook says comes first.
        await _session.ValueAsync("using Microsoft.DotNet.Interactive.Formatting; Formatter.Register<Ours.Gauge>(g => \"<b>mine</b>\", \"text/html\");");
        await _session.ValueAsync("new Ours.Gauge()");
        Assert.Equal("<b>mine</b>", Assert.Single(_session.Results).Data["text/html"]);
    }

    [NetworkFact]
    public async Task An_extension_whose_package_brings_no_NET_Interactive_finds_ours()
    {
        await MakePackageAsync(bringsInteractive: false,
            """
            Formatter.Register<Ours.Gauge>((gauge, writer) => writer.Write(div[@class: "gauge"](gauge.Value)), "text/html");
            KernelInvocationContext.Current.Display("Gauges are here.", "text/plain");
            """);
        await _session.ValueAsync("#i \"nuget: feed\"\n#r \"nuget: Our.Gauges\"");
        AssertExtensionWorks();
        Assert.Contains(_session.Outputs.OfType<DisplayOutput>(), output => output.Data["text/plain"] == "Gauges are here.");
        await _session.ValueAsync("new Ours.Gauge { Value = 9 }");
        Assert.Equal("<div class=\"gauge\">9</div>", Assert.Single(_session.Results).Data["text/html"]);
        await _session.ValueAsync("new Ours.Gauge().Tell();");
        Assert.Equal("at 3", Assert.IsType<DisplayOutput>(Assert.Single(_session.Outputs)).Data["text/plain"]);
    }

    [NetworkFact]
    public async Task An_extension_that_throws_or_does_not_end_is_one_sentence()
    {
        await MakePackageAsync(bringsInteractive: false, "throw new System.InvalidOperationException(\"no\\ndisplay\");");
        Assert.Equal(3, await _session.ValueAsync("#i \"nuget: feed\"\n#r \"nuget: Our.Gauges\"\nnew Ours.Gauge().Value"));
        Assert.Contains(
            "The extension Our.Gauges.Interactive.dll of Our.Gauges does not work here (InvalidOperationException: no display); the library can be used.",
            _session.Outputs.OfType<DisplayOutput>().Select(output => output.Data["text/plain"]));

        await MakePackageAsync(bringsInteractive: false, "await Task.Delay(-1);", "Our.Waits");
        var clock = Stopwatch.StartNew();
        await _session.ValueAsync("#i \"nuget: feed\"\n#r \"nuget: Our.Waits\"");
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(5));
        Assert.Contains(
            "The extension Our.Waits.Interactive.dll of Our.Waits does not work here (it has not ended within 5 s); the library can be used.",
            _session.Outputs.OfType<DisplayOutput>().Select(output => output.Data["text/plain"]));
    }

    [NetworkFact]
    public async Task What_only_NET_Interactive_has_stays_usable()
    {
        // Its reader of notebooks stands in an assembly of its own, without a name of ours.
        Assert.Equal("csharp", await _session.ValueAsync(
            $"#r \"nuget: {Interactive}, {InteractiveVersion}\"\nnew Microsoft.DotNet.Interactive.Documents.InteractiveDocumentElement(\"1\", \"csharp\").KernelName"));
    }

    private void AssertExtensionWorks()
    {
        foreach (var output in _session.Outputs.OfType<DisplayOutput>())
        {
            if (output.Data["text/plain"] is { } text && text.Contains("does not work", StringComparison.Ordinal))
                Assert.Fail(text);
        }
    }

    /// <summary>Puts a package into the folder "feed": a library, and an extension that does something when it is loaded.</summary>
    private async Task MakePackageAsync(bool bringsInteractive, string onLoad, string name = "Our.Gauges")
    {
        // What is made here is installed here; what others made is taken from where it is.
        string shared = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var real = await PackageRestore.RunAsync(
            new RestoreProject([new(Interactive, InteractiveVersion)], [], Path.GetTempPath()), _ => { }, TestContext.Current.CancellationToken);
        File.WriteAllText(Path.Combine(_folder, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="installed" /></config>
              <fallbackPackageFolders><add key="shared" value="{shared}" /></fallbackPackageFolders>
            </configuration>
            """);
        string library = Compile(name, name == "Our.Gauges" ? Library : "public class Nothing;", real.Compile);
        string extension = Compile($"{name}.Interactive",
            $$"""
            using System.Threading.Tasks;
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Formatting;
            using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;
            public class Extension : IKernelExtension
            {
                public async Task OnLoadAsync(Kernel kernel)
                {
                    await Task.CompletedTask;
                    {{onLoad}}
                }
            }
            """,
            [library, .. real.Compile]);
        Directory.CreateDirectory(Path.Combine(_folder, "feed"));
        using var package = ZipFile.Open(Path.Combine(_folder, "feed", $"{name}.1.0.0.nupkg"), ZipArchiveMode.Create);
        using (var writer = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
        {
            string dependency = bringsInteractive ? $"<dependencies><dependency id=\"{Interactive}\" version=\"{InteractiveVersion}\" /></dependencies>" : "";
            writer.Write($"<package><metadata><id>{name}</id><version>1.0.0</version><authors>us</authors><description>d</description>{dependency}</metadata></package>");
        }

        package.CreateEntryFromFile(library, $"lib/net8.0/{name}.dll");
        package.CreateEntryFromFile(extension, $"interactive-extensions/dotnet/{name}.Interactive.dll");
    }

    private string Compile(string name, string code, IEnumerable<string> references)
    {
        string file = Path.Combine(_folder, $"{name}.dll");
        var dotnet = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location));
        var result = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code)],
            dotnet.Concat(references).Select(path => MetadataReference.CreateFromFile(path)), new(OutputKind.DynamicallyLinkedLibrary)).Emit(file);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return file;
    }
}
