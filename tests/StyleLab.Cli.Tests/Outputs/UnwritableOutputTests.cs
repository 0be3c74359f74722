using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Tests.Outputs;

/// <summary>What was computed is not lost because its place cannot be written at the end.</summary>
public sealed class UnwritableOutputTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public UnwritableOutputTests()
    {
        Directory.CreateDirectory(_stylelab.At("tmp"));
        Directory.CreateDirectory(_stylelab.At("painted"));
    }

    public void Dispose() => _stylelab.Dispose();

    [Theory]
    [InlineData("transfer content.png style.png --size 64 --steps 60 -o painted/a.png", "a.png")]
    [InlineData("drift content.png style.png --rounds 1 --size 64 --steps 60 -o painted", "round-01.png sheet.png")]
    [InlineData("sweep content.png style.png --seed 1 2 --size 64 --steps 60 -o painted", "1_seed-1.png 2_seed-2.png sheet.png sweep.csv")]
    [InlineData("transfer --content content.png --style style.png --size 64 --steps 60 --out painted", "content.png")]
    [InlineData("texture style.png --size 64 --steps 60 -o painted/t.jpg", "t.jpg")]
    public async Task A_result_whose_folder_is_gone_is_saved_elsewhere(string call, string files)
    {
        using var process = _stylelab.Start(call, ("TMPDIR", _stylelab.At("tmp")));
        // The run has begun: its outputs were checked.
        string said = "";
        while (!said.Contains("loss", StringComparison.Ordinal))
            said += await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) + "\n";
        Directory.Delete(_stylelab.At("painted"), recursive: true);
        File.WriteAllText(_stylelab.At("painted"), "");
        var outcome = await Stylelab.FinishAsync(process, said);

        Assert.Equal(1, outcome.ExitCode);
        Assert.DoesNotContain("   at ", outcome.Error);
        string folder = Directory.GetDirectories(_stylelab.At("tmp"), "stylelab-saved-*").Single();
        Assert.Equal(files, string.Join(' ', Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        foreach (string file in Directory.GetFiles(folder))
            Assert.Contains($" cannot be written: the folder {_stylelab.At("painted")} does not exist. It was saved as {file} instead.\n", outcome.Error);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_of_the_user_is_a_sentence()
    {
        if (!OperatingSystem.IsLinux())
            return;
        File.WriteAllText(_stylelab.At("out.png"), "what was there before");
        // Without the double mapping of code, which needs a large file of its own.
        var outcome = await _stylelab.ShellAsync("transfer content.png style.png --size 96 --steps 2 --start noise -o out.png", "", "ulimit -f 4; export DOTNET_EnableWriteXorExecute=0");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("out.png cannot be written: it is larger than the limit for files.\n", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.Equal("what was there before", File.ReadAllText(_stylelab.At("out.png")));
        Assert.Empty(Directory.GetFiles(_stylelab.Folder, ".stylelab-*"));
    }
}
