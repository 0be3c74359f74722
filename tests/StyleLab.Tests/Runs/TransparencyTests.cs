using System.Text.RegularExpressions;
using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Synthesis;

public sealed class TransparencyTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(64, 48), s_style = Golden.Picture("style").Resize(48, 64);
    private static readonly Picture s_cutOut = s_content.WithAlpha(Mask.Ellipse(64, 48, feather: 6));

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AGuidesOutsideIsWhereItIsTransparent()
    {
        var left = Mask.Rectangle(64, 48, 0, 0, 31, 48);
        double expected = Value(Loss.Style(s_style, "input,relu2_1", guide: left));
        Assert.NotEqual(expected, Value(Loss.Style(s_style, "input,relu2_1")), 3);
        // White on nothing, and black on nothing, where alpha alone says where; each through a file.
        Assert.Equal(expected, Value(Loss.Style(s_style, "input,relu2_1", guide: ThroughFile(White(64, 48).WithAlpha(left)))), 6);
        Assert.Equal(expected, Value(Loss.Style(s_style, "input,relu2_1", guide: ThroughFile(new Picture(64, 48).WithAlpha(left)))), 6);
        // Alpha multiplies what the guide says otherwise.
        var top = Mask.Rectangle(64, 48, 0, 0, 64, 20);
        var corner = Mask.Rectangle(64, 48, 0, 0, 31, 20);
        Assert.Equal(Value(Loss.Content(s_style, "relu1_1", guide: corner)), Value(Loss.Content(s_style, "relu1_1", guide: top.WithAlpha(left))), 6);
        Assert.Equal(Value(Loss.TotalVariation(left)), Value(Loss.TotalVariation(White(64, 48).WithAlpha(left))), 6);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(30)]
    public void ASoftAlphaBlends(double feather)
    {
        var soft = Mask.Ellipse(100, 75, feather: feather);
        Assert.Equal(Value(Loss.Style(s_style, guide: soft)), Value(Loss.Style(s_style, guide: White(100, 75).WithAlpha(soft))), 5);
        Assert.NotEqual(Value(Loss.Style(s_style, guide: Mask.Ellipse(100, 75))), Value(Loss.Style(s_style, guide: soft)), 4);
    }

    [Fact]
    public void AGuideThatIsTransparentEverywhereIsRefused() => Assert.Contains("transparent",
        Assert.Throws<StyleLabException>(() => Value(Loss.Style(s_style, guide: White(8, 8).WithAlpha(new Picture(8, 8))))).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(0.05f)]
    public void APictureThatIsTransparentEverywhereIsRefused(float alpha)
    {
        var unseen = s_content.WithAlpha(new Picture(64, 48, [.. Enumerable.Repeat(alpha, 3 * 64 * 48)]));
        string path = Path.Combine(_folder, "unseen.png");
        unseen.Save(path);
        const string Rest = "is transparent everywhere, so there is nothing in it to look at; save it again with opaque parts, or give another one.";
        Assert.Equal($"The content picture {path} {Rest}",
            Assert.Throws<StyleLabException>(() => s_network.Synthesize(Loss.Content(Picture.Load(path)) + Loss.Style(s_style))).Message);
        Assert.Equal($"The content picture {Rest}", Assert.Throws<StyleLabException>(() => s_network.Synthesize(Loss.LowResolution(unseen) + Loss.Style(s_style))).Message);
        Assert.Equal($"The style picture {Rest}", Assert.Throws<StyleLabException>(() => s_network.Synthesize(Loss.Content(s_content) + Loss.Style(unseen))).Message);
    }

    [Fact]
    public void AStylePictureIsLookedAtWhereItIsNotTransparent()
    {
        // The lower half is another picture, which must not be seen.
        var mixed = s_style.Overlay(s_content, Mask.Rectangle(64, 48, 0, 0, 64, 48), 0, 32);
        var upper = mixed.WithAlpha(Mask.Rectangle(48, 64, 0, 0, 48, 32));
        var style = Assert.IsType<StyleLoss>(Loss.Style(upper, "input,relu1_1"));
        Assert.Equal(upper.AlphaMask().Values, style.StyleGuide!.Values);
        double seen = Value(style), expected = Value(Loss.Style(s_style.Crop(0, 0, 48, 32), "input,relu1_1")), whole = Value(Loss.Style(mixed, "input,relu1_1"));
        Assert.InRange(seen, 0.95 * expected, 1.05 * expected);
        Assert.False(whole > 0.9 * expected && whole < 1.1 * expected);
        // A guide that is given says it instead.
        var given = Mask.Ellipse(48, 64);
        Assert.Same(given, Assert.IsType<StyleLoss>(Loss.Style(upper, styleGuide: given)).StyleGuide);
    }

    [Fact]
    public async Task TheResultIsAsTransparentAsItsContent()
    {
        var run = s_network.Synthesize(0.1 * Loss.Content(s_cutOut) + Loss.Style(s_style), Start.Content(), Optimizer.Lbfgs(6), sizes: [32, 64]);
        await foreach (var step in run)
            Assert.Equal(step.Size.Width * step.Size.Height, step.Picture.Alpha!.Length);
        var result = await run;
        Assert.Equal(s_cutOut.Alpha, result.Picture.Alpha);
        Assert.Contains("transparent there, too", Assert.Single(result.Warnings));
        result.Picture.Save(Path.Combine(_folder, "out.png"));
        Assert.Equal(result.Picture.Alpha!.Select(a => MathF.Round(a * 255)), Picture.Load(Path.Combine(_folder, "out.png")).Alpha!.Select(a => MathF.Round(a * 255)));
        result.Picture.Save(Path.Combine(_folder, "out.jpg"));
        Assert.True(Picture.Load(Path.Combine(_folder, "out.jpg"))[1, 0, 0] > 0.97);
        // Kept pictures keep it as well.
        result.Save(Path.Combine(_folder, "run.safetensors"));
        var loaded = SynthesisResult.Load(Path.Combine(_folder, "run.safetensors"));
        Assert.Equal(result.Picture.Values, loaded.Picture.Values);
        Assert.Equal(result.Picture.Alpha, loaded.Picture.Alpha);
    }

    [Fact]
    public async Task NoWhiteRimIsPaintedIntoASoftEdge()
    {
        // A dark picture cut out: the white around it must not come into the pixels of its edge.
        var dark = s_content.MatchLuminance(new Picture(8, 8, [.. Enumerable.Repeat(0.2f, 192)])).WithAlpha(Mask.Ellipse(64, 48, feather: 6));
        var result = await s_network.Synthesize(Loss.Content(dark), Start.Content(), Optimizer.Lbfgs(0), sizes: [64]);
        var colors = result.Picture.Solid();
        for (int i = 0; i < 64 * 48; i++)
            if (result.Picture.Alpha![i] > 0.1)
                Assert.InRange(colors.Values[i], 0, 0.55);
    }

    [Fact]
    public void ARecipeSaysItAndOneFromBeforeIsReproducedAsItWas()
    {
        s_cutOut.Save(Path.Combine(_folder, "cut.png"));
        var cutOut = Picture.Load(Path.Combine(_folder, "cut.png"));
        var recipe = s_network.Synthesize(Loss.Content(cutOut) + Loss.Style(cutOut)).Recipe;
        var read = Recipe.FromJson(recipe.ToJson());
        Assert.Equal(cutOut.Alpha, read.Shown!.Alpha);
        Assert.Equal(RecipeHash.Of(recipe), RecipeHash.Of(read));
        string old = Regex.Replace(recipe.ToJson().Replace("\"operations\":[\"alpha\"]", "\"operations\":[]"), "\"styleGuide\":[{][^}]*[}],?", "").Replace(",}", "}");
        Assert.DoesNotContain("alpha", old);
        var before = Recipe.FromJson(old);
        Assert.Null(before.Shown!.Alpha);
        Assert.NotEqual(RecipeHash.Of(recipe), RecipeHash.Of(before));
    }

    [Fact]
    public async Task HashesAndKeptResultsKnowAlpha()
    {
        var other = s_content.WithAlpha(Mask.Ellipse(64, 48, feather: 7));
        Assert.Equal(3, new[] { s_content, s_cutOut, other }.Select(CarriedPictures.HashOf).Distinct().Count());
        Sweep Of(Picture content) => Sweep.Of(s_network.Synthesize(Loss.Content(content, "relu2_1"), Start.Noise(1), Optimizer.Lbfgs(2), sizes: [64]));
        var first = await Of(s_cutOut).Run(_folder);
        var again = await Of(s_cutOut).Run(_folder);
        Assert.True(again[0].FromCache);
        Assert.Equal(s_cutOut.Alpha, again[0].Picture!.Alpha);
        Assert.Equal(first[0].Picture!.Values, again[0].Picture!.Values);
        Assert.False((await Of(other).Run(_folder))[0].FromCache);
    }

    [Fact]
    public async Task EnlargingKeepsIt()
    {
        var small = s_cutOut.Resize(32, 24, Resampling.Area);
        var result = await Experiments.SuperResolution(s_network, small, s_style, 2, optimizer: Optimizer.Lbfgs(4));
        Assert.Equal(small.Resize(64, 48).Alpha, result.Picture.Alpha);
    }

    private Picture ThroughFile(Picture picture)
    {
        string file = Path.Combine(_folder, Path.GetRandomFileName() + ".png");
        picture.Save(file);
        return Picture.Load(file);
    }

    private static Picture White(int width, int height) => new(width, height, [.. Enumerable.Repeat(1f, 3 * width * height)]);

    private static double Value(Loss loss)
    {
        using var evaluation = new Evaluation(s_network, loss, new(64, 48), 0, 1, Engine.Default);
        return evaluation.At(s_content.Values, default);
    }
}
