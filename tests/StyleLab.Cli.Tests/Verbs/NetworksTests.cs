using StyleLab.Cli.Parsing;
using System.Text.Json;
using StyleLab.Tests.Networks.Catalogue;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class NetworksTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task List_names_every_network_that_can_be_used_by_name()
    {
        var lines = (await RunAsync("networks list")).Succeeds().Output.TrimEnd().Split('\n');

        Assert.Equal(LossNetwork.Names, lines.Select(line => line.Split(' ')[0]));
        Assert.Equal("vgg19          16 convolutions  20.0 M parameters  to be fetched, 574.7 MB", lines[2]);
        Assert.All(lines[..2], line => Assert.EndsWith("built in", line));
    }

    [Fact]
    public async Task List_tells_programs_everything()
    {
        using var list = JsonDocument.Parse((await RunAsync("networks list --json")).Succeeds().Output);
        var vgg19 = list.RootElement[2];
        Assert.Equal("vgg19", vgg19.GetProperty("name").GetString());
        Assert.False(vgg19.GetProperty("fetched").GetBoolean());
        Assert.Equal(574_673_361, vgg19.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Describe_of_a_network_that_is_not_here_downloads_nothing()
    {
        using var server = new FileServer([]);
        var card = (await RunAsync("networks describe vgg16", server)).Succeeds().Output;
        Assert.StartsWith("vgg16: not on this computer; `stylelab networks fetch vgg16` brings it.\n", card);
        Assert.Contains("published     https://download.pytorch.org/models/vgg16-397923af.pth, 553.4 MB\n", card);
        Assert.Contains($"folder        {Path.Combine(Cache, "networks")} (", card);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_cache_is_where_the_system_has_its_caches()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var xdg = _stylelab.At("xdg");
        var card = await _stylelab.RunAsync("networks describe vgg16", ("STYLELAB_CACHE", ""), ("XDG_CACHE_HOME", xdg));
        Assert.Contains($"folder        {xdg}/stylelab/networks (", card.Succeeds().Output);
        var home = await _stylelab.RunAsync("networks describe vgg16", ("STYLELAB_CACHE", ""), ("XDG_CACHE_HOME", ""), ("HOME", _stylelab.Folder));
        Assert.Contains($"folder        {_stylelab.Folder}/.cache/stylelab/networks (", home.Succeeds().Output);
    }

    // The file is as torchvision's, but a network without a known hash stands in for it: these weights are made up.
    [Fact]
    public async Task A_network_is_fetched_by_two_commands_at_once_verified_described_used_and_imported()
    {
        var file = OldTorchFile.Of(Architecture.Vgg19);
        using var server = new FileServer(file);
        server.Next.Enqueue(answer => answer.BreaksAfter = file.Length / 2);
        var outcomes = await Task.WhenAll(RunAsync("networks fetch vgg19-gatys", server), RunAsync("networks fetch VGG19-Gatys vgg19-slim", server));
        var kept = Path.Combine(Cache, "networks", "vgg19-gatys.safetensors");
        Assert.All(outcomes, outcome => Assert.StartsWith($"vgg19-gatys · {kept} · 80.1 MB\n", outcome.Succeeds().Output));
        Assert.EndsWith("vgg19-slim · built in, nothing to fetch\n", outcomes[1].Output);
        Assert.Equal([0L, file.Length / 2], server.Requests.Select(request => request.From));
        Assert.Equal(["/vgg_conv.pth"], server.Requests.Select(request => request.Path).Distinct());

        Assert.StartsWith("vgg19-gatys · undamaged · SHA-256 ", (await RunAsync("networks verify")).Succeeds().Output);
        var card = (await RunAsync("networks describe vgg19-gatys")).Succeeds().Output;
        Assert.Contains("input       bgr, 0..255, mean 103.939 116.779 123.68, std 1 1 1", card);
        Assert.Contains("published   https://bethgelab.org/media/uploads/pytorch_models/vgg_conv.pth, SHA-256 ", card);
        (await RunAsync("transfer content.png style.png --network vgg19-gatys --size 32 --steps 1")).Succeeds();
        Assert.Equal("vgg19-gatys", Recipe.Of(Picture.Load(_stylelab.At("out.png")), _stylelab.Folder).Network.Name);
        Assert.Equal(2, server.Requests.Count);

        // The same file by another way is used with the same convention, and becomes the same bytes.
        var path = _stylelab.At("vgg_conv.pth");
        await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
        Assert.Contains("input       bgr, 0..255", (await RunAsync("networks describe vgg_conv.pth")).Succeeds().Output);
        var fetched = await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken);
        Directory.Delete(Cache, recursive: true);
        Assert.StartsWith("vgg19-gatys · from vgg_conv.pth · in ", (await RunAsync("networks import vgg_conv.pth")).Succeeds().Output);
        var imported = await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken);
        Assert.True(fetched.AsSpan().SequenceEqual(imported));

        // In a notebook the progress shows by itself.
        Directory.Delete(Cache, recursive: true);
        await File.WriteAllTextAsync(_stylelab.At("load.ipynb"), """
            {"cells":[{"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],
            "source":["#r \"StyleLab\"\n","StyleLab.LossNetwork.Load(\"vgg19-gatys\").Name"]}],
            "metadata":{"kernelspec":{"name":".net-csharp","display_name":"C#","language":"C#"},"language_info":{"name":"C#"}},"nbformat":4,"nbformat_minor":5}
            """, TestContext.Current.CancellationToken);
        (await RunAsync("run load.ipynb --out out", server)).Succeeds();
        var executed = await File.ReadAllTextAsync(_stylelab.At("out/load.ipynb"), TestContext.Current.CancellationToken);
        Assert.Contains("vgg19-gatys · ready", executed);
        Assert.Contains("<progress value=", executed);
    }

    [Fact]
    public async Task A_wrong_file_and_a_wrong_mirror_are_refused()
    {
        using var server = new FileServer(new byte[1000]);
        (await RunAsync("networks fetch vgg19", server)).FailsWith(1, "the server has a file of 1000 bytes there, and the published one has 574673361");
        (await _stylelab.RunAsync("networks fetch vgg19", ("STYLELAB_CACHE", Cache), ("STYLELAB_NETWORKS_URL", "ftp://here")))
            .FailsWith(1, "STYLELAB_NETWORKS_URL is 'ftp://here'; expected an address such as https://mirror.example.org/networks.");
    }

    [Fact]
    public async Task Describe_shows_the_card()
    {
        var card = (await _stylelab.RunAsync("networks describe vgg19-slim")).Succeeds().Output;

        Assert.Equal(LossNetwork.Load("vgg19-slim").Describe().ToString(), card.TrimEnd());
    }

    [Theory]
    [InlineData("networks describe vgg18", 2, "did you mean 'vgg19'?")]
    [InlineData("networks describe folder/weights.safetensors", 2, "There is no network file")]
    [InlineData("networks describe content.png", 1, "'content.png' holds a PNG picture; expected a file of weights")]
    [InlineData("networks fetch vgg18", 2, "There is no network 'vgg18'; did you mean 'vgg19'?")]
    [InlineData("networks verify vgg19", 1, "vgg19 is not on this computer; `stylelab networks fetch vgg19` brings it.")]
    [InlineData("networks import none.pth", 2, "none.pth does not exist")]
    [InlineData("networks describe", 2, "missing")]
    public async Task What_is_wrong_is_said_in_one_sentence(string call, int exitCode, string expected) =>
        (await RunAsync(call)).FailsWith(exitCode, expected);

    [Fact]
    public async Task Only_published_files_are_imported()
    {
        var outcome = await RunAsync("networks import content.png");
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("'content.png' is the published file of none of the known networks (vgg19, vgg16,", outcome.Error.TrimEnd().Split('\n')[^1]);
    }

    private string Cache => _stylelab.At("cache");

    private Task<Outcome> RunAsync(string call, FileServer? server = null) => _stylelab.RunAsync(
        call, ("STYLELAB_CACHE", Cache), ("STYLELAB_NETWORKS_URL", server?.Address.ToString() ?? "http://127.0.0.1:9/"));
}
