using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class SweepTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task Every_combination_is_painted_and_carries_its_recipe()
    {
        var outcome = (await _stylelab.RunAsync(
            "sweep content.png style.png --seed 1 2 --content-weight 0.03 0.3 --tv 0.5 --size 32 --steps 3 -o s")).Succeeds();

        Assert.Contains("4 of 4 pictures", outcome.Output);
        Assert.Equal(
            ["1_seed-1_content-weight-0.03.png", "2_seed-1_content-weight-0.3.png", "3_seed-2_content-weight-0.03.png", "4_seed-2_content-weight-0.3.png", "sheet.png"],
            Directory.GetFiles(_stylelab.At("s"), "*.png").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string[] table = File.ReadAllLines(_stylelab.At("s/sweep.csv"));
        Assert.StartsWith("index,seed,content weight,loss,loss: content,loss: style,", table[0]);
        Assert.Equal(5, table.Length);
        Assert.StartsWith("2,2,0.03,", table[3]);
        var recipe = Recipe.Of(Picture.Load(_stylelab.At("s/3_seed-2_content-weight-0.03.png")), _stylelab.Folder);
        Assert.Equal(Start.Noise(2), recipe.Start);
        Assert.Equal([0.03, 1, 0.5, 10], ((SumLoss)recipe.Objective).Terms.Cast<WeightedLoss>().Select(term => term.Weight));

        // It is what transfer makes with the same settings.
        (await _stylelab.RunAsync("transfer content.png style.png --seed 2 --content-weight 0.03 --tv 0.5 --size 32 --steps 3 -o t.png")).Succeeds();
        Assert.Equal(Picture.Load(_stylelab.At("t.png")).Values, Picture.Load(_stylelab.At("s/3_seed-2_content-weight-0.03.png")).Values);
    }

    [Fact]
    public async Task The_same_call_takes_what_is_there_and_a_longer_one_only_what_is_new()
    {
        (await _stylelab.RunAsync("sweep content.png style.png --seed 1 2 --size 32 --steps 2 -o s")).Succeeds();
        Assert.Contains("2 of 2 pictures, 2 of them kept from before",
            (await _stylelab.RunAsync("sweep content.png style.png --seed 1 2 --size 32 --steps 2 -o s")).Succeeds().Output);
        Assert.Contains("6 of 6 pictures, 2 of them kept from before",
            (await _stylelab.RunAsync("sweep content.png style.png content.png --seed 1 2 3 --size 32 --steps 2 -o s")).Succeeds().Output);
    }

    [Theory]
    [InlineData("sweep content.png style.png --seed 1 2 --size 96 --steps 100000 -o s", "Interrupted before the first picture was finished: nothing was written.")]
    [InlineData("drift content.png style.png --size 96 --steps 100000 -o s", "Interrupted before the first round was finished: nothing was written.")]
    public async Task Interrupted_with_nothing_finished_writes_nothing(string call, string expected)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var process = _stylelab.Start(call);
        string? line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        var outcome = await Stylelab.FinishAsync(process);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error);
        Assert.Empty(Directory.GetFiles(_stylelab.At("s")));
        // Loss and time are said once, of the whole.
        Assert.Single(line!.Split("loss")[1..]);
        Assert.Single(line.Split(" left")[1..]);
    }

    [Fact]
    public async Task Networks_layers_starts_and_optimizers_vary_as_well()
    {
        (await _stylelab.RunAsync("sweep content.png style.png --network vgg19-slim vgg19-slim-random:3 --pooling max --style-layers relu1_1,relu2_1 relu1_1..relu3_1 "
            + "--start content noise blurred --seed 7 8 --optimizer adam --steps 1 --size 32 --keep-colors -o s")).Succeeds();

        var files = Directory.GetFiles(_stylelab.At("s"), "*.png").Select(Path.GetFileName).ToList();
        Assert.Equal(2 * 2 * 4 + 1, files.Count);
        string last = files.Single(file => file!.StartsWith("16_", StringComparison.Ordinal))!;
        Assert.Equal("16_network-vgg19-slim-random-3_style-layers-relu1_1..relu3_1_start-blurred.png", last);
        var recipe = Recipe.Of(Picture.Load(_stylelab.At("s/" + last)), _stylelab.Folder);
        Assert.Equal((Pooling.Max, true, 1), (recipe.Network.Pooling, recipe.KeepColors, recipe.Optimizer.Steps));
        Assert.Contains(files, file => file!.EndsWith("start-noise-8.png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_hangs_together_varies_together()
    {
        // Pictures before and after the lists: a list of numbers ends where a file begins.
        (await _stylelab.RunAsync("sweep --style-scale 0.75 1.5 --sizes 24,32 48 --learning-rate 0.5 content.png style.png --steps 2 -o s")).Succeeds();

        Assert.Equal(5, Directory.GetFiles(_stylelab.At("s"), "*.png").Length);
        (await _stylelab.RunAsync("transfer content.png style.png --style-scale 1.5 --sizes 24 32 --learning-rate 0.5 --steps 2 -o t.png")).Succeeds();
        var swept = Picture.Load(_stylelab.At("s/3_style-scale-1.5_sizes-24,32.png"));
        Assert.Equal(Picture.Load(_stylelab.At("t.png")).Values, swept.Values);
        var recipe = Recipe.Of(swept, _stylelab.Folder);
        Assert.Equal(48, recipe.Objective.Styles().Single().Picture.Width);
        Assert.Equal([new PictureSize(24, 20), new PictureSize(32, 27)], recipe.Passes.Select(pass => pass.Size));
        Assert.Equal(Optimizer.Lbfgs(2, learningRate: 0.5), recipe.Optimizer);

        Pictures.Content(32, 32).Save(_stylelab.At("mask.png"));
        (await _stylelab.RunAsync("sweep content.png style.png --mask none mask.png --size 32 --steps 1 -o m")).Succeeds();
        Assert.NotNull(Recipe.Of(Picture.Load(_stylelab.At("m/2_mask-mask.png.png")), _stylelab.Folder).Objective.Styles().Single().Guide);
        (await _stylelab.RunAsync("reproduce s/4_style-scale-1.5_sizes-48.png")).Succeeds();
    }

    [Theory]
    [InlineData("sweep content.png style.png", "Nothing is varied")]
    [InlineData("sweep content.png style.png --content-weight 0.1 more", "--content-weight takes a number of at least 0, got 'more'")]
    [InlineData("sweep content.png style.png --seed 1 1", "--seed has 1 twice")]
    [InlineData("sweep content.png style.png --start noise nose", "--start takes noise, content, blurred or a picture file, and there is no file 'nose'")]
    [InlineData("sweep content.png style.png --content-layers relu1_1 relu9_9", "There is no layer 'relu9_9'")]
    [InlineData("sweep content.png style.png --sizes 24,32 32,24", "--sizes takes sizes in pixels that grow, such as 64,128,512, got '32,24'")]
    [InlineData("sweep content.png style.png --style-scale 1 0", "--style-scale takes a number above 0, got '0'")]
    [InlineData("sweep content.png none.png --seed 1 2", "none.png does not exist")]
    [InlineData("sweep content.png style.png --sed 1 2", "sweep has no option '--sed': did you mean --seed?")]
    public async Task Wrong_calls_are_told_in_a_sentence(string call, string expected) =>
        (await _stylelab.RunAsync(call)).FailsWith(2, expected);

    [Fact]
    public async Task Help_has_examples()
    {
        var help = (await _stylelab.RunAsync("sweep --help")).Succeeds().Output;
        Assert.Contains("--content-weight <W…>", help);
        Assert.Contains("\nExamples:\n  stylelab sweep ", help);
    }
}
