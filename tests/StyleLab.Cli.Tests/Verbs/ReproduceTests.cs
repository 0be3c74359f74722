using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class ReproduceTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task The_picture_of_a_run_is_reproduced_bit_identical_with_another_number_of_threads()
    {
        await PaintAsync("--start blurred --keep-colors", ("STYLELAB_THREADS", "1"));

        var outcome = (await _stylelab.RunAsync("reproduce painted.png -o again.png", ("STYLELAB_THREADS", "2"))).Succeeds();

        Assert.Equal("painted.png is reproduced bit-identical.", outcome.Output.TrimEnd());
        Assert.Equal(File.ReadAllBytes(_stylelab.At("painted.png")), File.ReadAllBytes(_stylelab.At("again.png")));
    }

    [Fact]
    public async Task The_files_a_recipe_names_are_found_beside_the_picture()
    {
        await PaintAsync();
        var elsewhere = Directory.CreateDirectory(_stylelab.At("elsewhere")).FullName;
        foreach (var file in new[] { "content.png", "style.png", "painted.png" })
            File.Move(_stylelab.At(file), Path.Combine(elsewhere, file));

        (await _stylelab.RunAsync("reproduce elsewhere/painted.png")).Succeeds();
    }

    [Fact]
    public async Task A_picture_changed_after_its_run_is_reported_with_how_much_differs()
    {
        await PaintAsync();
        Change("painted.png", picture => picture[1, 3, 5] = 1 - MathF.Round(picture[1, 3, 5]));

        var outcome = await _stylelab.RunAsync("reproduce painted.png");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("reproduced differently: 0.12 % of the pixels differ, PSNR ", outcome.Output);
        Assert.Contains("the picture was changed after it was made", outcome.Output);
    }

    [Fact]
    public async Task Another_engine_is_named_as_the_reason()
    {
        await PaintAsync();
        var picture = Picture.Load(_stylelab.At("painted.png"));
        var recipe = Recipe.Of(picture, _stylelab.Folder) with { Engine = "another engine" };
        picture[0, 0, 0] = 1 - MathF.Round(picture[0, 0, 0]);
        picture.WithText(Recipe.TextKeyword, recipe.ToJson())
            .Save(_stylelab.At("painted.png"));

        var outcome = await _stylelab.RunAsync("reproduce painted.png");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("it was made with another engine and now with", outcome.Output);
    }

    [Fact]
    public async Task A_cropped_picture_is_reported_by_its_size()
    {
        await PaintAsync();
        var picture = Picture.Load(_stylelab.At("painted.png"));
        picture.Crop(0, 0, 20, 20).WithText(Recipe.TextKeyword, picture.Text[Recipe.TextKeyword]).Save(_stylelab.At("cropped.png"));

        var outcome = await _stylelab.RunAsync("reproduce cropped.png");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("cropped.png is 20×20 but its recipe makes 32×27", outcome.Output);
    }

    [Fact]
    public async Task A_changed_source_is_named()
    {
        await PaintAsync();
        Pictures.Content(40, 40).Save(_stylelab.At("style.png"));

        (await _stylelab.RunAsync("reproduce painted.png")).FailsWith(1, "style.png is not the file the recipe was made from");
    }

    [Theory]
    [InlineData("reproduce missing.png", 2, "missing.png does not exist")]
    [InlineData("reproduce content.png", 1, "carries no recipe")]
    [InlineData("reproduce text.png", 1, "text.png is not a picture that can be read")]
    [InlineData("reproduce broken.png", 1, "The recipe cannot be read")]
    [InlineData("reproduce content.png style.png", 2, "'style.png' is one argument too many")]
    [InlineData("reproduce content.png -o nowhere/a.png", 1, "nowhere/a.png cannot be written")]
    public async Task What_is_wrong_is_said_in_one_sentence(string call, int exitCode, string expected)
    {
        File.WriteAllText(_stylelab.At("text.png"), "This is no picture.");
        Pictures.Style(8, 8).WithText(Recipe.TextKeyword, "{ \"network\": 3").Save(_stylelab.At("broken.png"));

        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
    }

    private async Task PaintAsync(string options = "", params (string, string)[] environment) =>
        (await _stylelab.RunAsync($"transfer content.png style.png -o painted.png --size 32 --steps 6 {options}", environment)).Succeeds();

    private void Change(string file, Action<Picture> change)
    {
        var picture = Picture.Load(_stylelab.At(file));
        change(picture);
        picture.Save(_stylelab.At(file));
    }
}
