using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class ResumeTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Theory]
    [InlineData("transfer content.png style.png --sizes 40 64 --steps 150 --keep-colors", "TERM")]
    [InlineData("transfer content.png style.png --sizes 40 64 --steps 150 --optimizer adam", "KILL")]
    [InlineData("texture style.png --size 64 --steps 150 --tileable --colors-of content.png", "KILL")]
    public async Task A_run_that_was_ended_goes_on_bit_for_bit(string call, string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        (await _stylelab.RunAsync(call + " -o whole.png")).Succeeds();

        using var process = _stylelab.Start(call + " -o a.png --save-every 7");
        while (!File.Exists(_stylelab.At("a.resume.safetensors")))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        var ended = await Stylelab.FinishAsync(process);

        Assert.NotEqual(0, ended.ExitCode);
        if (signal == "TERM")
            Assert.Contains("To go on: stylelab transfer --resume a.resume.safetensors -o a.png", ended.Error);
        Assert.Contains(Directory.GetFiles(_stylelab.Folder), file => file.EndsWith("a-step-007.png", StringComparison.Ordinal));
        (await _stylelab.RunAsync($"{call.Split(' ')[0]} --resume a.resume.safetensors -o a.png")).Succeeds();
        Assert.Equal(File.ReadAllBytes(_stylelab.At("whole.png")), File.ReadAllBytes(_stylelab.At("a.png")));
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce a.png")).Succeeds().Output);
    }

    [Fact]
    public async Task Pictures_on_the_way_are_whole_and_a_finished_run_leaves_no_checkpoint()
    {
        (await _stylelab.RunAsync("reconstruct content.png --size 32 --steps 12 --save-every 5 -o r.jpg")).Succeeds();

        Assert.Equal(["r-step-05.jpg", "r-step-10.jpg", "r.jpg"],
            Directory.GetFiles(_stylelab.Folder, "r*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(32, Picture.Load(_stylelab.At("r-step-10.jpg")).Width);
    }

    [Fact]
    public async Task A_result_saved_in_a_notebook_takes_more_steps_and_the_same_call_may_be_repeated()
    {
        await SaveAsync("n.safetensors", steps: 6);
        const string Call = "transfer content.png style.png --size 32";

        Assert.Contains("has taken all its 6 steps: say how many", (await _stylelab.RunAsync("transfer --resume n.safetensors")).Error);
        (await _stylelab.RunAsync("transfer --resume n.safetensors --steps 10 -o a.png")).Succeeds();
        (await _stylelab.RunAsync($"{Call} --steps 10 --resume n.safetensors -o b.png")).Succeeds();

        Assert.Equal(10, Recipe.Of(Picture.Load(_stylelab.At("a.png")), _stylelab.Folder).Optimizer.Steps);
        Assert.Equal(Picture.Load(_stylelab.At("a.png")).Values, Picture.Load(_stylelab.At("b.png")).Values);
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce a.png")).Succeeds().Output);
    }

    [Theory]
    [InlineData("transfer --resume missing.safetensors", 2, "missing.safetensors does not exist")]
    [InlineData("transfer --resume content.png", 1, "--resume cannot go on from content.png: ")]
    [InlineData("texture --resume weights.safetensors", 1, "--resume cannot go on from weights.safetensors: ")]
    [InlineData("transfer --resume cut.safetensors", 1, "--resume cannot go on from cut.safetensors: ")]
    [InlineData("transfer --resume n.safetensors --steps 3", 2, "--steps 3 is less than the 6 steps of the run in n.safetensors")]
    [InlineData("transfer --resume n.safetensors --steps 9 --tv 2", 2, "--resume goes on with the settings in n.safetensors: leave out --tv")]
    [InlineData("transfer content.png style.png --size 32 --tv 2 --steps 9 --resume n.safetensors", 2, "begun with other pictures, layers or weights (")]
    [InlineData("transfer style.png content.png --size 32 --steps 9 --resume n.safetensors", 2, "begun with other pictures, layers or weights")]
    [InlineData("transfer content.png style.png --sizes 16 32 --steps 9 --resume n.safetensors", 2, "begun with other sizes")]
    [InlineData("transfer content.png style.png --size 32 --steps 9 --seed 3 --resume n.safetensors", 2, "begun with other start")]
    [InlineData("transfer content.png style.png --size 32 --steps 9 --learning-rate 0.5 --resume n.safetensors", 2, "begun with other optimizer or learning rate")]
    [InlineData("transfer content.png style.png --size 32 --steps 9 --keep-colors --resume n.safetensors", 2, "begun with other colours")]
    [InlineData("transfer content.png style.png --size 24 --steps 9 --resume n.safetensors", 2, "n.safetensors was begun with other size (passes[0].size.width was 32 and is 24) than this call says")]
    [InlineData("transfer content.png style.png --size 40 --steps 9 --resume n.safetensors", 2, "begun with other size (passes[0].size.width was 32 and is 40)")]
    [InlineData("transfer content.png style.png --size 32 --style-weight 2 --steps 9 --resume n.safetensors", 2, "weight was ")]
    [InlineData("texture --resume n.safetensors --steps 9", 2, "n.safetensors is a run of another kind than texture makes: go on with `stylelab transfer --resume n.safetensors`.")]
    [InlineData("reconstruct --resume n.safetensors --steps 9", 2, "go on with `stylelab transfer --resume n.safetensors`.")]
    [InlineData("transfer content.png --resume n.safetensors", 2, "'STYLE' missing")]
    [InlineData("transfer --save-every 0", 2, "--save-every takes a whole number of at least 1, got '0'")]
    public async Task What_cannot_go_on_is_told_in_a_sentence(string call, int exitCode, string expected)
    {
        await SaveAsync("n.safetensors", steps: 6);
        File.WriteAllBytes(_stylelab.At("cut.safetensors"), File.ReadAllBytes(_stylelab.At("n.safetensors"))[..2000]);
        LossNetwork.Load("vgg19-slim").Save(_stylelab.At("weights.safetensors"));

        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
    }

    /// <summary>What a notebook leaves: its pictures are named by their full path.</summary>
    private async Task SaveAsync(string file, int steps)
    {
        var objective = Experiments.StyleTransferObjective(Picture.Load(_stylelab.At("content.png")).Fit(32), [Picture.Load(_stylelab.At("style.png"))], styleScale: 1);
        var result = await LossNetwork.Load("vgg19-slim").Synthesize(objective, Start.Content(), Optimizer.Lbfgs(steps));
        result.Save(_stylelab.At(file));
    }
}
