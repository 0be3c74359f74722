using System.IO.Compression;
using System.Runtime.InteropServices;

namespace StyleLab.Notebooks.Tests;

public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Fixture.TemporaryFolder();
    private readonly RecordedSession _session;

    public PackageTests() => _session = new RecordedSession(_folder);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [NetworkFact]
    public async Task A_package_is_restored_shown_and_used_and_a_second_version_is_refused()
    {
        Assert.Equal("[1]", await _session.ValueAsync("#r \"nuget: Newtonsoft.Json, 13.0.1\"\nusing Newtonsoft.Json;\nJsonConvert.SerializeObject(new[] { 1 })"));
        Assert.Equal("Installing Packages: Newtonsoft.Json, 13.0.1", _session.Outputs.OfType<DisplayOutput>().Single().Data["text/plain"]);
        var last = _session.Outputs.OfType<UpdateDisplayOutput>().Last().Data;
        Assert.Equal("Installed Packages: Newtonsoft.Json, 13.0.1", last["text/plain"]);
        Assert.Contains("<li><span>Newtonsoft.Json, 13.0.1</span></li>", last["text/html"]);

        Assert.Equal(
            "Newtonsoft.Json version 12.0.1 cannot be added because version 13.0.1 was added previously; restart the kernel to change it.",
            await _session.ErrorAsync("#r \"nuget: Newtonsoft.Json, 12.0.1\""));
        Assert.Equal("[2]", await _session.ValueAsync("#r \"nuget:newtonsoft.json\"\nJsonConvert.SerializeObject(new[] { 2 })"));

        // A range that holds what is there; in capitals or not, the name is the package's own.
        Assert.Equal("[3]", await _session.ValueAsync("#r \"nuget: Newtonsoft.Json, [13.0.1,14.0)\"\n#r \"nuget: Newtonsoft.Json, 13.0.*\"\nJsonConvert.SerializeObject(new[] { 3 })"));
        Assert.Contains("Newtonsoft.Json", (await _session.CompleteAsync("#r \"nuget: newtonsoft.|")).Items.Select(item => item.Text));

        // From a loaded file, and completed.
        File.WriteAllText(Path.Combine(_folder, "j.csx"), "#r \"nuget: Newtonsoft.Json, 13.0.1\"\nint Count() => Newtonsoft.Json.Linq.JArray.Parse(\"[7]\").Count;");
        Assert.Equal(1, await _session.ValueAsync("#load \"j.csx\"\nCount()"));
        Assert.Contains("SerializeObject", (await _session.CompleteAsync("JsonConvert.Serial|")).Items.Select(item => item.Text));
    }

    [NetworkFact]
    public async Task A_missing_package_leaves_the_session_sound()
    {
        await _session.ValueAsync("var kept = 1;");
        Assert.Equal(
            "There is no package StyleLab.No.Such.Package in the package sources; check the name, or add a source with #i \"nuget: address\".",
            await _session.ErrorAsync("#r \"nuget: StyleLab.No.Such.Package, 1.0.0\"\nvar never = 1;"));
        Assert.StartsWith("Not Installed: ", _session.Outputs.OfType<UpdateDisplayOutput>().Last().Data["text/plain"]);
        Assert.Equal(2, await _session.ValueAsync("kept + 1"));
    }

    [NetworkFact]
    public async Task A_newer_copy_of_what_the_kernel_uses_itself_is_the_users()
    {
        string location = (string)(await _session.ValueAsync(
            "#r \"nuget: Microsoft.CodeAnalysis.CSharp, 5.12.0\"\ntypeof(Microsoft.CodeAnalysis.CSharp.SyntaxFactory).Assembly.Location"))!;
        Assert.NotEqual(AppContext.BaseDirectory, Path.GetDirectoryName(location) + Path.DirectorySeparatorChar);
        Assert.Equal("System.Private.CoreLib", await _session.ValueAsync("typeof(System.Collections.Immutable.ImmutableArray).Assembly == null ? \"\" : typeof(int).Assembly.GetName().Name"));
    }

    [Fact]
    public async Task A_feed_of_the_notebook_is_used_and_a_package_runs_its_extension_script()
    {
        MakeFeed();
        using (var package = ZipFile.Open(Path.Combine(_folder, "feed", "Our.Extension.1.2.0.nupkg"), ZipArchiveMode.Create))
        {
            Write(package, "Our.Extension.nuspec",
                "<package><metadata><id>Our.Extension</id><version>1.2.0</version><authors>us</authors><description>d</description></metadata></package>");
            Write(package, "interactive-extensions/dotnet/extension.dib", "#!csharp\n\nint FromExtension() => 5;\n\n#!markdown\n\nWelcome\n");
        }

        Assert.StartsWith("There is no package Our.Extension", await _session.ErrorAsync("#r \"nuget: Our.Extension\""));
        Assert.Equal(5, await _session.ValueAsync("#i \"nuget: feed\"\n#r \"nuget: Our.Extension\"\nFromExtension()"));
        Assert.Equal("Installed Packages: Our.Extension, 1.2.0", _session.Outputs.OfType<UpdateDisplayOutput>().Last().Data["text/plain"]);
        Assert.Contains(_session.Outputs.OfType<DisplayOutput>(), output => output.Data["text/markdown"] == "Welcome");
    }

    [Fact]
    public async Task What_a_package_needs_comes_along_and_its_native_library_is_found()
    {
        if (!OperatingSystem.IsLinux())
            return;
        MakeFeed();
        using (var package = ZipFile.Open(Path.Combine(_folder, "feed", "Our.Base.2.0.0.nupkg"), ZipArchiveMode.Create))
        {
            Write(package, "Our.Base.nuspec",
                "<package><metadata><id>Our.Base</id><version>2.0.0</version><authors>us</authors><description>d</description></metadata></package>");
            package.CreateEntryFromFile(Path.Combine(AppContext.BaseDirectory, "xunit.v3.assert.dll"), "lib/net8.0/xunit.v3.assert.dll");
            string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            string kind = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl" : "linux";
            package.CreateEntryFromFile(
                Path.Combine(runtime, "libSystem.Native.so"),
                $"runtimes/{kind}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}/native/libourbase.so");
        }

        using (var package = ZipFile.Open(Path.Combine(_folder, "feed", "Our.Top.1.0.0.nupkg"), ZipArchiveMode.Create))
        {
            Write(package, "Our.Top.nuspec",
                """
                <package><metadata><id>Our.Top</id><version>1.0.0</version><authors>us</authors><description>d</description>
                <dependencies><dependency id="Our.Base" version="2.0.0" /></dependencies></metadata></package>
                """);
        }

        Assert.Equal(Environment.ProcessId, await _session.ValueAsync(
            """
            #i "nuget: feed"
            #r "nuget: Our.Top"
            using System.Runtime.InteropServices;
            [DllImport("ourbase")] static extern int SystemNative_GetPid();
            Xunit.Assert.True(true);
            SystemNative_GetPid()
            """));
    }

    [Fact]
    public async Task A_native_library_finds_what_it_needs_in_another_package()
    {
        // Two libraries of .NET, of which one needs the other.
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        if (!OperatingSystem.IsLinux() || !File.Exists(Path.Combine(runtime, "libmscordbi.so")))
            return;
        MakeFeed();
        string kind = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl" : "linux";
        foreach (var (id, file) in (IEnumerable<(string, string)>)[("Our.Needing", "libmscordbi.so"), ("Our.Needed", "libmscordaccore.so")])
        {
            using var package = ZipFile.Open(Path.Combine(_folder, "feed", $"{id}.1.0.0.nupkg"), ZipArchiveMode.Create);
            Write(package, $"{id}.nuspec",
                $"<package><metadata><id>{id}</id><version>1.0.0</version><authors>us</authors><description>d</description></metadata></package>");
            package.CreateEntryFromFile(
                Path.Combine(runtime, file), $"runtimes/{kind}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}/native/{file}");
        }

        Assert.Equal(true, await _session.ValueAsync(
            """
            #i "nuget: feed"
            #r "nuget: Our.Needing"
            #r "nuget: Our.Needed"
            using System.Runtime.InteropServices;
            class Here;
            NativeLibrary.Load("mscordbi", typeof(Here).Assembly, null) != 0
            """));
    }

    [Fact]
    public async Task A_project_is_built_and_referenced()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "lib"));
        File.WriteAllText(Path.Combine(_folder, "lib", "lib.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        string source = Path.Combine(_folder, "lib", "thing.cs");
        File.WriteAllText(source, "broken");
        Assert.StartsWith("lib.csproj does not build: CS", await _session.ErrorAsync("#r \"lib/lib.csproj\""));
        File.WriteAllText(source, "public static class Thing { public static int Answer => 42; }");
        Assert.Equal(42, await _session.ValueAsync("#r \"lib/lib.csproj\"\nThing.Answer"));
    }

    [Theory]
    [InlineData("#r \"nuget: two words\"", "#r \"nuget: two words\" names no package; write #r \"nuget: Name\" or #r \"nuget: Name, 1.2.3\".")]
    [InlineData("#r \"missing.csproj\"", "#r \"missing.csproj\": there is no project ")]
    [InlineData("#i \"nuget: no-folder\"", "#i \"nuget: no-folder\": there is no folder ")]
    public async Task Requests_that_make_no_sense_get_one_sentence(string code, string expected)
    {
        Assert.StartsWith(expected, await _session.ErrorAsync(code));
        Assert.StartsWith("Cell 1, line 1: ", ((ErrorOutput)_session.Outputs[^1]).Traceback[0]);
    }

    [Fact]
    public async Task A_version_that_was_asked_for_or_is_there_stays_and_what_needs_a_later_one_is_told()
    {
        MakeFeed();
        MakePackage("Our.Low", "1.0.0");
        MakePackage("Our.Low", "2.0.0");
        MakePackage("Our.Base", "1.0.0");
        MakePackage("Our.Needy", "1.0.0", ("Our.Low", "2.0.0"), ("Our.Base", "1.0.0"));
        await _session.ValueAsync("#i \"nuget: feed\"\n#r \"nuget: Our.Low, 1.0.0\"\n#r \"nuget: Our.Needy\"");
        Assert.Equal("Our.Low stays at version 1.0.0, though Our.Needy needs 2.0.0 or later; if that fails, ask for the later version.\n", _session.Stderr);

        // What came along is there too.
        MakePackage("Our.Base", "3.0.0");
        MakePackage("Our.Later", "1.0.0", ("Our.Base", "3.0.0"));
        await _session.ValueAsync("#r \"nuget: Our.Later\"");
        Assert.Contains("Our.Base stays at version 1.0.0, though Our.Later needs 3.0.0 or later", _session.Stderr);

        // The latest of a later hour must not come into the session.
        MakePackage("Our.Needy", "9.0.0");
        MakePackage("Our.Other", "1.0.0");
        await _session.ValueAsync("#r \"nuget: Our.Other\"\n#r \"nuget: Our.Needy, 1.0.0\"");
        Assert.Equal("Installed Packages: Our.Other, 1.0.0", _session.Outputs.OfType<UpdateDisplayOutput>().Last().Data["text/plain"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_does_not_answer_is_left_out(bool isSilent)
    {
        // One that takes the connection and says nothing, or one where nobody listens.
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        string address = $"https://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/v3/index.json";
        if (!isSilent)
            listener.Stop();
        MakeFeed();
        MakePackage("Our.Low", "1.0.0");
        await _session.ValueAsync($"#i \"nuget: {address}\"\n#i \"nuget: feed\"\n#r \"nuget: Our.Low\"");
        Assert.Equal($"The package source {address} does not answer; it is left out.\n", _session.Stderr);

        Assert.Equal($"The package Our.None cannot be fetched. The package source {address} does not answer; it is left out.",
            await _session.ErrorAsync("#r \"nuget: Our.None\""));
    }

    [NetworkFact]
    public async Task What_DotNet_Interactive_had_in_itself_is_fetched_when_it_is_named()
    {
        Assert.Equal("[1]", await _session.ValueAsync("using Newtonsoft.Json;\nJsonConvert.SerializeObject(new[] { 1 })"));
        Assert.StartsWith("Installed Packages: Newtonsoft.Json, 13.0.4", _session.Outputs.OfType<UpdateDisplayOutput>().Last().Data["text/plain"]);
        Assert.Equal(2, await _session.ValueAsync("Newtonsoft.Json.Linq.JArray.Parse(\"[7, 8]\").Count"));
        await _session.RunAsync("Newtonsoft.Json.Linq.JObject.Parse(\"{\\\"a\\\": [1]}\")", TestContext.Current.CancellationToken);
        Assert.Equal("{\n  \"a\": [\n    1\n  ]\n}", Assert.Single(_session.Results).Data["application/json"]!.ReplaceLineEndings("\n"));
        Assert.StartsWith("CS0246: ", await _session.ErrorAsync("using Nowhere;\n// Newtonsoft.Json"));
    }

    [NetworkFact]
    public async Task Asynchronous_LINQ_of_a_package_does_not_collide_with_that_of_DotNet() =>
        Assert.Equal(3, await _session.ValueAsync(
            "#r \"nuget: System.Linq.Async, 6.0.1\"\nawait AsyncEnumerable.Range(0, 9).Where(n => n % 3 == 0).Select(n => n + 1).CountAsync()"));

    // With a feed and a package folder of its own a test needs no network and leaves nothing behind.
    private void MakeFeed()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "feed"));
        File.WriteAllText(Path.Combine(_folder, "nuget.config"),
            """
            <configuration>
              <config><add key="globalPackagesFolder" value="installed" /></config>
              <packageSources><clear /></packageSources>
            </configuration>
            """);
    }

    private void MakePackage(string name, string version, params (string Name, string Version)[] needs)
    {
        string dependencies = string.Concat(needs.Select(need => $"<dependency id=\"{need.Name}\" version=\"{need.Version}\" />"));
        using var package = ZipFile.Open(Path.Combine(_folder, "feed", $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(package, $"{name}.nuspec",
            $"<package><metadata><id>{name}</id><version>{version}</version><authors>us</authors><description>d</description>" +
            $"<dependencies>{dependencies}</dependencies></metadata></package>");
    }

    private static void Write(ZipArchive package, string name, string text)
    {
        using var writer = new StreamWriter(package.CreateEntry(name).Open());
        writer.Write(text);
    }
}
