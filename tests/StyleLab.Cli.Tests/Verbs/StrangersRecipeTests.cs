using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace StyleLab.Cli.Tests.Verbs;

/// <summary>What a recipe of somebody else may do, and what only with agreement.</summary>
public sealed class StrangersRecipeTests : IDisposable
{
    private const string Terminal = "/usr/bin/script";

    private static byte[]? s_painted;

    private readonly Stylelab _stylelab = new();
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("stylelab-elsewhere-").FullName;

    public void Dispose()
    {
        _stylelab.Dispose();
        Directory.Delete(_elsewhere, recursive: true);
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("climbing")]
    [InlineData("link")]
    public async Task A_path_that_leads_outside_is_followed_with_agreement_only(string kind)
    {
        string other = Path.Combine(_elsewhere, "content.png");
        File.Move(_stylelab.At("content.png"), other);
        string path = kind switch
        {
            "absolute" => other,
            "climbing" => Path.GetRelativePath(_stylelab.Folder, other),
            _ => "link.png",
        };
        if (kind == "link")
            File.CreateSymbolicLink(_stylelab.At(path), other);
        (await _stylelab.RunAsync($"transfer {path} style.png -o painted.png --size 32 --steps 3")).Succeeds();

        var refused = await _stylelab.RunAsync("reproduce painted.png");
        refused.FailsWith(2, "The recipe of painted.png leads out of its folder, to '");
        Assert.Contains(kind == "link" ? "link.png" : "content.png", refused.Error);
        Assert.Contains("say --allow-outside if it may, or put copies beside the picture.", refused.Error);
        (await _stylelab.RunAsync("reproduce painted.png --allow-outside")).Succeeds();
        if (File.Exists(Terminal))
        {
            Assert.Equal(2, await AtTerminalAsync("reproduce painted.png", "n"));
            Assert.Equal(0, await AtTerminalAsync("reproduce painted.png", "y"));
        }

        File.Copy(other, _stylelab.At("under-another-name.png"));
        (await _stylelab.RunAsync("reproduce painted.png")).Succeeds();
    }

    [Theory]
    [InlineData("vgg19", "needs the network vgg19, which is not on this computer: 574.7 MB from download.pytorch.org")]
    [InlineData("vgg16-caffe", "needs the network vgg16-caffe, which is not on this computer: up to about 553.4 MB from web.eecs.umich.edu")]
    public async Task A_network_is_downloaded_with_agreement_only(string network, string expected)
    {
        await PaintAsync(recipe => recipe["network"]!["name"] = network);
        (string, string)[] nowhere = [("STYLELAB_CACHE", _elsewhere), ("STYLELAB_NETWORKS_URL", "http://127.0.0.1:9/")];

        (await _stylelab.RunAsync("reproduce painted.png", nowhere)).FailsWith(2, expected);
        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere));
        var tried = await _stylelab.RunAsync("reproduce painted.png --allow-download", nowhere);
        Assert.Equal(1, tried.ExitCode);
        Assert.Contains("127.0.0.1:9", tried.Error);
    }

    [Fact]
    public async Task A_network_that_only_a_term_names_is_downloaded_with_agreement_only()
    {
        await PaintAsync(recipe => StyleIn(recipe["objective"]!)!["on"] = new JsonObject { ["name"] = "vgg19", ["sha256"] = "00", ["pooling"] = "average", ["padding"] = "reflect" });
        (await _stylelab.RunAsync("reproduce painted.png", ("STYLELAB_CACHE", _elsewhere), ("STYLELAB_NETWORKS_URL", "http://127.0.0.1:9/")))
            .FailsWith(2, "needs the network vgg19, which is not on this computer: 574.7 MB from download.pytorch.org");
        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere));
    }

    private static JsonNode? StyleIn(JsonNode objective) => (string?)objective["kind"] == "style" ? objective
        : objective["loss"] is { } loss ? StyleIn(loss) : (objective["terms"] as JsonArray)?.Select(term => StyleIn(term!)).FirstOrDefault(found => found is not null);

    [Fact]
    public async Task A_network_file_is_a_file_as_well()
    {
        LossNetwork.Load("vgg19-slim").Save(Path.Combine(_elsewhere, "weights.safetensors"));
        (await _stylelab.RunAsync($"transfer content.png style.png -o painted.png --size 32 --steps 3 --network {_elsewhere}/weights.safetensors")).Succeeds();

        (await _stylelab.RunAsync("reproduce painted.png")).FailsWith(2, "weights.safetensors', and there is no terminal");
        (await _stylelab.RunAsync("reproduce painted.png --allow-outside")).Succeeds();
        File.Move(Path.Combine(_elsewhere, "weights.safetensors"), _stylelab.At("weights.safetensors"));
        (await _stylelab.RunAsync("reproduce painted.png")).Succeeds();
    }

    [Theory]
    [InlineData("margin", "1000000000", "its margin is 1000000000, expected 0 to 4096 pixels")]
    [InlineData("passes", """[{"size": {"width": 100000, "height": 100000}, "steps": 3}]""", "expected at most 100 megapixels")]
    [InlineData("passes", """[{"size": {"width": 32, "height": 32}, "steps": 1000000000}]""", "it has 1000000000 steps, expected 0 to 1000000")]
    public async Task What_it_asks_for_has_bounds(string part, string json, string expected)
    {
        await PaintAsync(recipe => recipe[part] = JsonNode.Parse(json));
        (await _stylelab.RunAsync("reproduce painted.png")).FailsWith(1, expected);
    }

    [Theory]
    [InlineData("content.png")]
    [InlineData("style.png")]
    public async Task A_pipe_is_not_waited_for(string file)
    {
        await PaintAsync(_ => { });
        File.Delete(_stylelab.At(file));
        Process.Start("mkfifo", _stylelab.At(file)).WaitForExit();
        (await _stylelab.RunAsync("reproduce painted.png")).FailsWith(1, $"{file} is not the file the recipe was made from: it cannot be read, is empty, or is no ordinary file.");
    }

    [Fact]
    public async Task A_run_that_diverges_is_a_failure()
    {
        const string Call = "transfer content.png style.png -o painted.png --size 32 --steps 6 --optimizer adam --learning-rate 1e38";
        Assert.Equal(1, (await _stylelab.RunAsync(Call)).ExitCode);
        var outcome = await _stylelab.RunAsync("reproduce painted.png");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("ended as NaN or infinity", outcome.Error);
    }

    private async Task PaintAsync(Action<JsonNode> change)
    {
        // Painted once: the pictures of every test are alike.
        if (s_painted is null)
        {
            (await _stylelab.RunAsync("transfer content.png style.png -o painted.png --size 32 --steps 3")).Succeeds();
            s_painted = File.ReadAllBytes(_stylelab.At("painted.png"));
        }

        File.WriteAllBytes(_stylelab.At("painted.png"), s_painted);
        var picture = Picture.Load(_stylelab.At("painted.png"));
        var recipe = JsonNode.Parse(picture.Text[Recipe.TextKeyword])!;
        change(recipe);
        picture.WithText(Recipe.TextKeyword, recipe.ToJsonString()).Save(_stylelab.At("painted.png"));
    }

    /// <summary>The exit code of a call whose input and output are a terminal, where somebody types a line.</summary>
    private async Task<int> AtTerminalAsync(string commandLine, string typed)
    {
        var call = new ProcessStartInfo(Terminal, ["-qec", $"dotnet {Path.Combine(AppContext.BaseDirectory, "StyleLab.Cli.dll")} {commandLine}", "/dev/null"])
        {
            WorkingDirectory = _stylelab.Folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var process = Process.Start(call)!;
        var said = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteLineAsync(typed);
        await process.WaitForExitAsync();
        Assert.Contains("Open? [y/N]", await said);
        return process.ExitCode;
    }
}
