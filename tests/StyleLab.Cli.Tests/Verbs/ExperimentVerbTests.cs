namespace StyleLab.Cli.Tests.Verbs;

public sealed class ExperimentVerbTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task Texture_makes_a_picture_that_can_be_made_again()
    {
        (await _stylelab.RunAsync("texture style.png -o t.png --size 32 --width 48 --height 32 --tileable --steps 3 --seed 5 --layers relu1_1,relu2_1")).Succeeds();

        var picture = Picture.Load(_stylelab.At("t.png"));
        Assert.Equal((48, 32), (picture.Width, picture.Height));
        var recipe = Recipe.Of(picture, _stylelab.Folder);
        Assert.True(recipe.Tileable);
        Assert.Equal(Start.Noise(5), recipe.Start);
        (await _stylelab.RunAsync("reproduce t.png")).Succeeds();
        (await _stylelab.RunAsync("texture style.png --width 0")).FailsWith(2, "--width takes a whole number of at least 1");
    }

    [Theory]
    [InlineData("texture strip.png", 64, 3)]
    [InlineData("texture strip.png --tileable", 64, 3)]
    [InlineData("texture column.png --layers relu5_1", 1, 64)]
    [InlineData("transfer content.png strip.png", 64, 53)]
    [InlineData("transfer strip.png column.png", 64, 3)]
    [InlineData("transfer content.png style.png --size 8", 8, 7)]
    public async Task Narrow_pictures_are_taken_like_any(string arguments, int width, int height)
    {
        Pictures.Style(400, 20).Save(_stylelab.At("strip.png"));
        Pictures.Style(2, 300).Save(_stylelab.At("column.png"));

        (await _stylelab.RunAsync($"{arguments} -o n.png {(arguments.Contains("--size") ? "" : "--size 64")} --steps 3")).Succeeds();

        var picture = Picture.Load(_stylelab.At("n.png"));
        Assert.Equal((width, height), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData("transfer grey.jpg grey-style.png --seed 2")]
    [InlineData("texture grey-style.png")]
    public async Task Grey_pictures_give_a_grey_one(string arguments)
    {
        Picture.Load(_stylelab.At("content.png")).Luminance().Save(_stylelab.At("grey.jpg"));
        Picture.Load(_stylelab.At("style.png")).Luminance().Save(_stylelab.At("grey-style.png"));

        (await _stylelab.RunAsync($"{arguments} -o g.png --size 40 --steps 6")).Succeeds();

        var picture = Picture.Load(_stylelab.At("g.png"));
        int plane = picture.Values.Length / 3;
        Assert.Equal(picture.Values[..plane], picture.Values[plane..(2 * plane)]);
        Assert.Equal(picture.Values[..plane], picture.Values[(2 * plane)..]);
        (await _stylelab.RunAsync("reproduce g.png")).Succeeds();
    }

    [Fact]
    public async Task Reconstruct_meets_the_layer_asked_for()
    {
        (await _stylelab.RunAsync("reconstruct content.png -o r.png --size 32 --layers conv#2 --steps 3 --tv 0.5")).Succeeds();

        var terms = Assert.IsType<SumLoss>(Recipe.Of(Picture.Load(_stylelab.At("r.png")), _stylelab.Folder).Objective).Terms.Cast<WeightedLoss>().ToList();
        Assert.Equal("conv#2", Assert.IsType<ContentLoss>(terms[0].Loss).Layers.Text);
        Assert.Equal(0.5, terms[2].Weight);
        (await _stylelab.RunAsync("reconstruct content.png --layers relu9_9")).FailsWith(2, "There is no layer 'relu9_9'");
    }

    [Fact]
    public async Task Enlarge_keeps_to_the_picture_given()
    {
        (await _stylelab.RunAsync("enlarge content.png style.png -o e.png --factor 3 --steps 20 --detail 0.05 --layers relu1_1")).Succeeds();

        var given = Picture.Load(_stylelab.At("content.png"));
        var picture = Picture.Load(_stylelab.At("e.png"));
        Assert.Equal((3 * given.Width, 3 * given.Height), (picture.Width, picture.Height));
        Assert.True(Measure.Psnr(picture.Resize(given.Width, given.Height, Resampling.Area), given) > 35);
        var analogy = Assert.IsType<SumLoss>(Recipe.Of(picture, _stylelab.Folder).Objective).Terms.Cast<WeightedLoss>().Single(term => term.Loss is StyleAnalogyLoss);
        Assert.Equal(0.05, analogy.Weight);
        (await _stylelab.RunAsync("reproduce e.png")).Succeeds();
        (await _stylelab.RunAsync("enlarge content.png style.png --factor 1")).FailsWith(2, "--factor takes a whole number of at least 2");
        (await _stylelab.RunAsync("enlarge content.png")).FailsWith(2, "SHARP");
    }

    [Fact]
    public async Task Drift_writes_every_round_and_goes_on_where_it_was()
    {
        (await _stylelab.RunAsync("drift content.png style.png content.png --rounds 2 --size 32 --steps 2 -o d")).Succeeds();
        var first = File.ReadAllBytes(_stylelab.At("d/round-01.png"));
        Assert.True(File.Exists(_stylelab.At("d/round-02.png")) && File.Exists(_stylelab.At("d/sheet.png")));

        var outcome = (await _stylelab.RunAsync("drift content.png style.png content.png --rounds 3 --size 32 --steps 2 -o d")).Succeeds();
        Assert.Contains("3 rounds", outcome.Output);
        Assert.Equal(first, File.ReadAllBytes(_stylelab.At("d/round-01.png")));
        Assert.Equal(3, Directory.GetFiles(_stylelab.At("d/.stylelab"), "*.safetensors").Length);

        (await _stylelab.RunAsync("drift content.png style.png --rounds 1 --sizes 24 32 --steps 2 --style-scale 0.5 --style-weight 2 --keep-colors -o e")).Succeeds();
        var terms = ((SumLoss)Recipe.Of(Picture.Load(_stylelab.At("e/round-01.png")), _stylelab.Folder).Objective).Terms.Cast<WeightedLoss>();
        var style = terms.Single(term => term.Loss is StyleLoss);
        Assert.Equal((2, 16), (style.Weight, ((StyleLoss)style.Loss).Picture.Width));
    }

    [Theory]
    [InlineData("texture style.png --sizes 24 32 --optimizer adam --learning-rate 0.1 --pooling max --start content.png --colors-of content.png")]
    [InlineData("reconstruct content.png --sizes 24 32 --learning-rate 0.5 --start style.png --colors-of style.png")]
    [InlineData("enlarge content.png style.png --sizes 72 96 --optimizer adam --colors-of style.png")]
    public async Task Every_verb_has_the_options_of_runs(string call)
    {
        (await _stylelab.RunAsync(call + " --steps 3 -o a.png")).Succeeds();

        var recipe = Recipe.Of(Picture.Load(_stylelab.At("a.png")), _stylelab.Folder);
        Assert.Equal(2, recipe.Passes.Count);
        Assert.NotNull(recipe.ColorsOf);
        Assert.Contains("bit-identical", (await _stylelab.RunAsync("reproduce a.png")).Succeeds().Output);
    }

    [Theory]
    [InlineData("texture style.png --start content", "--start takes noise or a picture file here, got 'content'")]
    [InlineData("texture style.png --width 64 --sizes 24 32", "--sizes ends with 32, but the result is 64×32 pixels: end with 64")]
    [InlineData("enlarge content.png style.png --sizes 48 64", "--sizes ends with 64, but the result is 96×80 pixels: end with 96")]
    [InlineData("drift content.png style.png --style-layers relu9_9", "There is no layer 'relu9_9'")]
    public async Task What_does_not_go_together_is_said(string call, string expected) =>
        (await _stylelab.RunAsync(call)).FailsWith(2, expected);

    [Theory]
    [InlineData("texture --help", "--tileable")]
    [InlineData("reconstruct --help", "--layers <LAYERS>")]
    [InlineData("enlarge --help", "--factor <N>")]
    [InlineData("drift --help", "--rounds <N>")]
    public async Task Help_has_examples(string call, string expected)
    {
        var help = (await _stylelab.RunAsync(call)).Succeeds().Output;
        Assert.Contains(expected, help);
        Assert.Contains("\nExamples:\n  stylelab ", help);
    }
}
