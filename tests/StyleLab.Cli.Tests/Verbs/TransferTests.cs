using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class TransferTests : IDisposable
{
    private const string Small = "--size 32 --steps 4";

    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task Writes_a_picture_of_the_size_asked_for_and_says_so()
    {
        var outcome = (await _stylelab.RunAsync($"transfer content.png style.png -o painted.png {Small}")).Succeeds();

        var picture = Picture.Load(_stylelab.At("painted.png"));
        Assert.Equal((32, 27), (picture.Width, picture.Height));
        Assert.StartsWith("painted.png · 32×27 · ", outcome.Output);
        Assert.Contains("loss", outcome.Output);
        Assert.Contains("step 4/4", outcome.Error);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("blurred")]
    public async Task A_seed_without_noise_is_a_wrong_call(string start)
    {
        var outcome = await _stylelab.RunAsync($"transfer content.png style.png --seed 3 --start {start} {Small}");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains($"--seed chooses the noise of --start noise, and the start is {start}", outcome.Error);
    }

    [Fact]
    public async Task Without_options_the_output_is_out_png()
    {
        (await _stylelab.RunAsync($"transfer content.png style.png {Small}")).Succeeds();

        Assert.True(File.Exists(_stylelab.At("out.png")));
    }

    [Fact]
    public async Task Reads_and_writes_jpeg_and_says_that_it_carries_no_recipe()
    {
        Picture.Load(_stylelab.At("content.png")).Save(_stylelab.At("content.jpg"));

        var outcome = (await _stylelab.RunAsync($"transfer content.jpg style.png -o painted.jpg {Small}")).Succeeds();

        Assert.Equal(0xFFD8, File.ReadAllBytes(_stylelab.At("painted.jpg")) is [var a, var b, ..] ? a << 8 | b : 0);
        Assert.Contains("painted.jpg will not carry the recipe", outcome.Error);
    }

    [Fact]
    public async Task Transparency_is_kept_and_said()
    {
        Picture.Load(_stylelab.At("content.png")).WithAlpha(Mask.Ellipse(48, 40)).Save(_stylelab.At("cut.png"));

        var outcome = (await _stylelab.RunAsync($"transfer cut.png style.png -o a.png {Small}")).Succeeds();
        Assert.Contains("The picture cut.png is transparent in places, and the result is transparent there, too.", outcome.Error);
        var painted = Picture.Load(_stylelab.At("a.png"));
        Assert.Equal((0f, 1f), (painted.Alpha![0], painted.Alpha[13 * 32 + 16]));
        (await _stylelab.RunAsync("reproduce a.png")).Succeeds();

        outcome = (await _stylelab.RunAsync($"transfer cut.png style.png -o a.jpg {Small}")).Succeeds();
        Assert.Contains("a.jpg is laid over white: only a PNG can be transparent.", outcome.Error);
        Assert.True(Picture.Load(_stylelab.At("a.jpg"))[2, 0, 0] > 0.95);

        outcome = (await _stylelab.RunAsync($"transfer content.png cut.png -o b.png {Small}")).Succeeds();
        Assert.Contains("The style cut.png is transparent in places, and only the rest of it is looked at.", outcome.Error);
        Assert.Null(Picture.Load(_stylelab.At("b.png")).Alpha);
        (await _stylelab.RunAsync("reproduce b.png")).Succeeds();
    }

    [Fact]
    public async Task The_recipe_in_the_png_holds_what_was_asked_for()
    {
        (await _stylelab.RunAsync($"transfer content.png style.png -o a.png {Small} --seed 7 --optimizer adam --pooling max --keep-colors "
            + "--content-layers relu3_1 --style-layers relu1_1,relu2_1 --content-weight 0.25 --style-weight 3 --tv 0.125")).Succeeds();

        var painted = Picture.Load(_stylelab.At("a.png"));
        var recipe = Recipe.Of(painted, _stylelab.Folder);
        Assert.Equal(Start.Noise(7), recipe.Start);
        Assert.Equal(Optimizer.Adam(4), recipe.Optimizer);
        Assert.Equal(Pooling.Max, recipe.Network.Pooling);
        Assert.True(recipe.KeepColors);
        var terms = Assert.IsType<SumLoss>(recipe.Objective).Terms.Cast<WeightedLoss>().ToList();
        Assert.Equal([0.25, 3, 0.125, 3 * Experiments.RangeWeight], terms.Select(t => t.Weight));
        Assert.Equal("relu3_1", Assert.IsType<ContentLoss>(terms[0].Loss).Layers.Text);
        Assert.Equal("relu1_1,relu2_1", Assert.IsType<StyleLoss>(terms[1].Loss).Layers.Text);
        // Files are named as in the call, so that the folder can move.
        var json = JsonDocument.Parse(painted.Text[Recipe.TextKeyword]).RootElement;
        var content = json.GetProperty("objective").GetProperty("terms")[0].GetProperty("loss").GetProperty("picture");
        Assert.Equal("content.png", content.GetProperty("file").GetString());
    }

    [Fact]
    public async Task A_convention_scales_the_terms_and_brings_its_layers_and_weights()
    {
        const string Call = "transfer content.png style.png -o a.png --size 64 --steps 2 --content-weight 1 --style-weight 100000";
        var balanced = (await _stylelab.RunAsync(Call)).Succeeds();
        Assert.Contains("Warning: The content pulls", balanced.Error);
        var outcome = (await _stylelab.RunAsync($"{Call} --convention pytorch-tutorial")).Succeeds();
        Assert.DoesNotContain("pulls", outcome.Error);

        var terms = Assert.IsType<SumLoss>(Recipe.Of(Picture.Load(_stylelab.At("a.png")), _stylelab.Folder).Objective).Terms.Cast<WeightedLoss>().ToList();
        var (content, style) = (Assert.IsType<ContentLoss>(terms[0].Loss), Assert.IsType<StyleLoss>(terms[1].Loss));
        Assert.Equal((Convention.PyTorchTutorial, Convention.PyTorchTutorial), (content.Convention, style.Convention));
        Assert.Equal(("conv#4", "conv#1..conv#5"), (content.Layers.Text, style.Layers.Text));
        Assert.Equal((1, 1e5), (terms[0].Weight, terms[1].Weight));

        (await _stylelab.RunAsync("sweep content.png style.png --convention balanced gatys --content-weight 1 2 --size 64 --steps 1 -o s")).Succeeds();
        Assert.True(File.Exists(_stylelab.At("s/4_convention-gatys_content-weight-2.png")));
    }

    [Fact]
    public async Task A_broad_look_has_two_networks_a_mask_for_both_and_is_reproduced()
    {
        Picture.Load(_stylelab.At("content.png")).Save(_stylelab.At("mask.png"));
        (await _stylelab.RunAsync($"transfer content.png style.png --look broad --mask mask.png --size 32 --steps 2 -o broad.png")).Succeeds();
        var objective = (SumLoss)Recipe.Of(Picture.Load(_stylelab.At("broad.png")), _stylelab.Folder).Objective;
        var styles = objective.Terms.OfType<WeightedLoss>().Select(term => term.Loss).OfType<StyleLoss>().ToList();
        Assert.Equal([null, "resnet18"], styles.Select(style => style.On?.Name));
        Assert.All(styles, style => Assert.Equal("mask.png", Path.GetFileName(style.Guide!.Origin!.File)));
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce broad.png")).Succeeds().Output);
        (await _stylelab.RunAsync("transfer content.png style.png --look broad --convention gatys")).FailsWith(2, "--look broad is of several networks");
    }

    [Fact]
    public async Task Styles_have_shares_and_masks_which_stay_in_the_recipe()
    {
        Pictures.Content(40, 40).Save(_stylelab.At("other.png"));
        var left = new Picture(40, 40);
        for (int i = 0; i < left.Values.Length; i++)
            left.Values[i] = i % 40 < 20 ? 1 : 0;
        left.Save(_stylelab.At("left.png"));
        // Lists before, between and after the pictures.
        (await _stylelab.RunAsync($"transfer --style-weights 3 1 content.png style.png other.png {Small} -o a.png --mask left.png none --style-mask none left.png")).Succeeds();

        var recipe = Recipe.Of(Picture.Load(_stylelab.At("a.png")), _stylelab.Folder);
        var terms = ((SumLoss)recipe.Objective).Terms.Cast<WeightedLoss>().Where(t => t.Loss is StyleLoss).ToList();
        Assert.Equal([0.75, 0.25], terms.Select(t => t.Weight));
        var styles = recipe.Objective.Styles();
        Assert.Equal(left.Values, styles[0].Guide?.Values);
        Assert.Equal(left.Values, styles[1].StyleGuide?.Values);
        Assert.Null(styles[1].Guide ?? styles[0].StyleGuide);
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce a.png")).Succeeds().Output);

        (await _stylelab.RunAsync($"transfer content.png style.png other.png --style-weights 6,2 {Small} -o b.png --mask left.png none --style-mask none left.png")).Succeeds();
        Assert.Equal(Picture.Load(_stylelab.At("a.png")).Values, Picture.Load(_stylelab.At("b.png")).Values);
    }

    [Theory]
    [InlineData("--style-scale 0.75", 24)]
    [InlineData("--style-scale 2", 64)]
    [InlineData("", 32)]
    public async Task The_style_scale_is_the_style_picture_s_size_relative_to_the_result_as_in_the_library(string option, int expected)
    {
        (await _stylelab.RunAsync($"transfer content.png style.png -o a.png {Small} {option}")).Succeeds();

        var style = Recipe.Of(Picture.Load(_stylelab.At("a.png")), _stylelab.Folder).Objective.Styles().Single().Picture;
        Assert.Equal(expected, style.Width);
        var objective = Experiments.StyleTransferObjective(Picture.Load(_stylelab.At("content.png")).Fit(32),
            [Picture.Load(_stylelab.At("style.png"))], styleScale: expected / 32.0);
        Assert.Equal(objective.Styles().Single().Picture.Values, style.Values);
    }

    [Fact]
    public async Task The_colours_of_another_picture_are_given_to_the_result_and_stay_in_the_recipe()
    {
        Pictures.Style(30, 20).Save(_stylelab.At("other.png"));
        (await _stylelab.RunAsync($"transfer content.png style.png -o plain.png {Small}")).Succeeds();
        (await _stylelab.RunAsync($"transfer content.png style.png -o a.png {Small} --colors-of other.png")).Succeeds();

        double Distance(string file) => ColorStatistics.Of(Picture.Load(_stylelab.At("other.png"))).DistanceTo(ColorStatistics.Of(Picture.Load(_stylelab.At(file))));
        Assert.InRange(Distance("a.png"), 0, Distance("plain.png") / 4);
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce a.png")).Succeeds().Output);
    }

    [Fact]
    public async Task Sizes_and_learning_rate_are_kept_in_the_recipe()
    {
        (await _stylelab.RunAsync("transfer --sizes 24,32 40 content.png style.png -o a.png --steps 7 --optimizer adam --learning-rate 0.05")).Succeeds();

        var recipe = Recipe.Of(Picture.Load(_stylelab.At("a.png")), _stylelab.Folder);
        Assert.Equal([24, 32, 40], recipe.Passes.Select(pass => pass.Size.LongSide));
        Assert.Equal(Optimizer.Adam(7, 0.05), recipe.Optimizer);
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce a.png")).Succeeds().Output);
    }

    [Fact]
    public async Task Several_styles_share_the_style_weight()
    {
        Pictures.Content(40, 40).Save(_stylelab.At("other.png"));
        (await _stylelab.RunAsync($"transfer content.png style.png other.png -o a.png {Small}")).Succeeds();

        var terms = ((SumLoss)Recipe.Of(Picture.Load(_stylelab.At("a.png")), _stylelab.Folder).Objective).Terms.Cast<WeightedLoss>();
        Assert.Equal([0.5, 0.5], terms.Where(t => t.Loss is StyleLoss).Select(t => t.Weight));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("blurred")]
    [InlineData("style.png")]
    public async Task Starts_from_what_is_named(string start)
    {
        (await _stylelab.RunAsync($"transfer content.png style.png -o a.png --size 32 --steps 0 --start {start}")).Succeeds();

        // Without a step, the result is the start.
        var file = start == "style.png" ? start : "content.png";
        var expected = Picture.Load(_stylelab.At(file)).Fit(32).Resize(32, 27);
        var result = Picture.Load(_stylelab.At("a.png"));
        Assert.InRange(result.Psnr((start == "blurred" ? expected.Blur(8) : expected).Clamp()), 45, double.PositiveInfinity);
    }

    [Fact]
    public async Task The_same_call_gives_the_same_bytes_with_any_number_of_threads()
    {
        (await _stylelab.RunAsync("transfer content.png style.png -o one.png --size 48 --steps 12", ("STYLELAB_THREADS", "1"))).Succeeds();
        (await _stylelab.RunAsync("transfer content.png style.png -o two.png --size 48 --steps 12", ("STYLELAB_THREADS", "2"))).Succeeds();
        var many = (await _stylelab.RunAsync("transfer content.png style.png -o many.png --size 48 --steps 12", ("STYLELAB_THREADS", "1000"))).Succeeds();
        (await _stylelab.RunAsync("transfer content.png style.png -o seed.png --size 48 --steps 12 --seed 2")).Succeeds();

        var one = File.ReadAllBytes(_stylelab.At("one.png"));
        Assert.Equal(one, File.ReadAllBytes(_stylelab.At("two.png")));
        Assert.Equal(one, File.ReadAllBytes(_stylelab.At("many.png")));
        Assert.Single(many.Error.Split('\n'), line => line.Contains($"STYLELAB_THREADS is 1000; {4 * Environment.ProcessorCount} threads are used", StringComparison.Ordinal));
        Assert.NotEqual(Picture.Load(_stylelab.At("one.png")).Values, Picture.Load(_stylelab.At("seed.png")).Values);
    }

    [Fact]
    public async Task Json_is_one_object_on_stdout()
    {
        var outcome = (await _stylelab.RunAsync($"transfer content.png style.png -o a.png {Small} --json")).Succeeds();

        var json = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal("a.png", json.GetProperty("output").GetString());
        Assert.Equal((32, 27), (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32()));
        Assert.Equal(4, json.GetProperty("steps").GetInt32());
        double total = json.GetProperty("loss").GetDouble();
        Assert.Equal(total, json.GetProperty("terms").EnumerateObject().Sum(t => t.Value.GetDouble()), total * 1e-5);
        Assert.False(json.GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public async Task A_term_without_effect_is_warned_of()
    {
        var outcome = (await _stylelab.RunAsync($"transfer content.png style.png -o a.png {Small} --start noise --content-weight 1e-12")).Succeeds();

        Assert.Contains("Warning: The content pulls", outcome.Error);
    }

    [Fact]
    public async Task Only_the_ratios_of_weights_matter()
    {
        (await _stylelab.RunAsync($"transfer content.png style.png -o a.png {Small}")).Succeeds();
        foreach (var weights in new[] { "--content-weight 0.0001 --style-weight 0.001 --tv 0.001", "--content-weight 1e35 --style-weight 1e36 --tv 1e36" })
        {
            (await _stylelab.RunAsync($"transfer content.png style.png -o b.png {Small} {weights}")).Succeeds();
            Assert.Equal(Picture.Load(_stylelab.At("a.png")).Values, Picture.Load(_stylelab.At("b.png")).Values);
        }
    }

    [Fact]
    public async Task An_objective_that_is_no_number_fails_with_one_sentence()
    {
        (await _stylelab.RunAsync($"transfer content.png style.png -o a.png {Small} --tv 1e42")).FailsWith(1, "term 'total variation') is not a finite number at the start");
        Assert.False(File.Exists(_stylelab.At("a.png")));
    }

    [Theory]
    [InlineData("--optimizer adam --learning-rate 1e38", 1, "ended as NaN or infinity")]
    [InlineData("--optimizer adam --learning-rate 5", 0, "taken back to its best picture 3 times")]
    public async Task A_run_that_goes_nowhere_says_so_and_leaves_the_best_picture(string options, int exitCode, string expected)
    {
        var outcome = await _stylelab.RunAsync($"transfer content.png style.png -o a.png --size 48 --steps 20 {options}");

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error);
        Assert.Contains("the run ended after 6 of 20 steps", outcome.Error);
        // The start, which is the content, was the best.
        Assert.InRange(Picture.Load(_stylelab.At("a.png")).Psnr(Picture.Load(_stylelab.At("content.png"))), 40, double.PositiveInfinity);
    }

    [Fact]
    public async Task A_picture_whose_name_begins_like_an_option_stands_after_two_dashes()
    {
        File.Copy(_stylelab.At("content.png"), _stylelab.At("-c.png"));
        (await _stylelab.RunAsync("transfer --size 32 --steps 1 -o out.png -- -c.png style.png")).Succeeds();
        Assert.True(File.Exists(_stylelab.At("out.png")));
    }

    [Fact]
    public async Task An_interrupted_run_saves_the_picture_so_far()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var process = _stylelab.Start("transfer content.png style.png -o a.png --size 64 --steps 100000");
        var firstLine = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("step ", firstLine);

        // Ctrl-C is SIGINT, which shells switch off for what they run in the background, tests for example; both are handled alike.
        Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        var outcome = await Stylelab.FinishAsync(process);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Interrupted after step", outcome.Error);
        var picture = Picture.Load(_stylelab.At("a.png"));
        Assert.Contains($"a.png is the picture so far, {picture.Width}×{picture.Height} of 64×53", outcome.Error);

        // What it left can be made again.
        Assert.Equal(new PictureSize(picture.Width, picture.Height), Recipe.Of(picture, _stylelab.Folder).StoppedAt!.Size);
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce a.png")).Succeeds().Output);
    }

    [Theory]
    [InlineData("content.png missing.png", 2, "missing.png does not exist")]
    [InlineData("missing.png style.png", 2, "missing.png does not exist")]
    [InlineData(". style.png", 2, ". is a folder")]
    [InlineData("content.png text.png", 1, "text.png is not a picture that can be read: it holds text")]
    [InlineData("content.png cut.png", 1, "cut.png cannot be read")]
    [InlineData("content.png style.png --size 0", 2, "--size takes a whole number of at least 1, got '0'")]
    [InlineData("content.png style.png --size 4.5", 2, "--size takes a whole number of at least 1, got '4.5'")]
    [InlineData("content.png style.png --size 1000000", 2, "--size 1000000 is too large for content.png")]
    [InlineData("content.png style.png --steps -1", 2, "--steps takes a whole number of at least 0, got '-1'")]
    [InlineData("content.png style.png --tv NaN", 2, "--tv takes a number of at least 0, got 'NaN'")]
    [InlineData("content.png style.png --style-weight -1", 2, "--style-weight takes a number of at least 0, got '-1'")]
    [InlineData("content.png style.png --content-layers relu9_9", 2, "There is no layer 'relu9_9'")]
    [InlineData("content.png style.png --style-layers relu1_1..", 2, "'relu1_1..'")]
    [InlineData("content.png style.png --network vgg18", 2, "There is no network 'vgg18'")]
    [InlineData("content.png style.png --network text.png", 1, "'text.png' holds text; expected a file of weights")]
    [InlineData("content.png style.png other.png --style-weights 2", 2, "--style-weights takes one weight for each style picture: got 1 for 2")]
    [InlineData("content.png style.png --style-weights 2 1", 2, "--style-weights takes one weight for each style picture: got 2 for 1")]
    [InlineData("content.png style.png other.png --style-weights 0 0", 2, "--style-weights are all 0")]
    [InlineData("content.png style.png other.png --style-weights 2 -1", 2, "--style-weights takes numbers of at least 0, such as 2 1, got '-1'")]
    [InlineData("content.png style.png other.png --style-weights 2 one", 2, "got 'one'")]
    [InlineData("content.png style.png --mask missing.png", 2, "missing.png does not exist")]
    [InlineData("content.png style.png --style-mask text.png", 1, "text.png is not a picture that can be read")]
    [InlineData("content.png style.png other.png --mask other.png", 2, "--mask takes one mask for each style picture: got 1 for 2")]
    [InlineData("content.png style.png --mask other.png -o other.png", 2, "would replace a picture")]
    [InlineData("content.png style.png --sizes 24 16 32", 2, "--sizes takes sizes in pixels that grow, got 24 16 32")]
    [InlineData("content.png style.png --sizes 24 32 --size 32", 2, "leave out --size")]
    [InlineData("content.png style.png --learning-rate 0", 2, "--learning-rate takes a number above 0, got '0'")]
    [InlineData("content.png style.png --style-scale -1", 2, "--style-scale takes a number above 0, got '-1'")]
    [InlineData("content.png style.png --style-scale 1000000", 2, "--style-scale 1000000 is too large for style.png: A picture can have at most 100 megapixels")]
    [InlineData("content.png style.png --colors-of missing.png", 2, "missing.png does not exist")]
    [InlineData("content.png style.png --colors-of style.png --keep-colors", 2, "give one of them")]
    [InlineData("content.png style.png --colors-of other.png -o other.png", 2, "would replace a picture")]
    [InlineData("content.png style.png --optimizer sgd", 2, "--optimizer takes lbfgs or adam, got 'sgd'")]
    [InlineData("content.png style.png --pooling mean", 2, "--pooling takes average or max, got 'mean'")]
    [InlineData("content.png style.png --start nosie", 2, "--start takes noise, content, blurred or a picture file")]
    [InlineData("content.png style.png -o nowhere/out.png", 1, "nowhere/out.png cannot be written: the folder")]
    [InlineData("content.png style.png -o text.png/out.png", 1, "text.png/out.png cannot be written: the folder")]
    [InlineData("-o out.png -- -c.png style.png", 2, "-c.png does not exist")]
    [InlineData("-o out.png content.png -- style.png --size", 2, "--size does not exist")]
    [InlineData("-o out.png -c.png style.png", 2, "transfer has no option '-c.png'")]
    [InlineData("content.png style.png -o out.gif", 2, "extension .png, .jpg or .jpeg")]
    [InlineData("content.png style.png -o .", 2, "The output . is a folder")]
    [InlineData("content.png style.png -o ./content.png", 2, "would replace a picture that the run is made from")]
    [InlineData("content.png", 2, "'STYLE' missing")]
    [InlineData("content.png style.png --siez 32", 2, "transfer has no option '--siez': did you mean --size?")]
    public async Task What_is_wrong_is_said_in_one_sentence_before_the_run(string arguments, int exitCode, string expected)
    {
        File.WriteAllText(_stylelab.At("text.png"), "This is no picture.");
        Pictures.Content(20, 20).Save(_stylelab.At("other.png"));
        File.WriteAllBytes(_stylelab.At("cut.png"), File.ReadAllBytes(_stylelab.At("style.png"))[..100]);
        var before = Directory.GetFiles(_stylelab.Folder).Order().ToList();

        (await _stylelab.RunAsync("transfer " + arguments)).FailsWith(exitCode, expected);

        Assert.Equal(before, Directory.GetFiles(_stylelab.Folder).Order());
    }
}
