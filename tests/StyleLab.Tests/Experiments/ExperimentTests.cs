using StyleLab.Runs;
using StyleLab.Tensors;

namespace StyleLab.Tests.ExperimentRuns;

public class ExperimentTests
{
    // In 255 levels; fine pictures have 10 to 15 in places, but not in a row.
    private const double VisibleAlternation = 2.5;

    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(64, 48), s_style = Golden.Picture("style").Resize(64, 64);

    [Fact]
    public async Task AReconstructionFromTheContentStaysAtZero()
    {
        foreach (string layer in new[] { "conv#2", "relu3_1", "relu5_1" })
        {
            var result = await Experiments.ContentReconstruction(s_network, s_content, layer, Start.Content(), Optimizer.Lbfgs(3));
            Assert.All(result.History, h => Assert.Equal(0, h.Value));
            Assert.Equal(s_content.Clamp().Values, result.Picture.Values);
        }
    }

    [Fact]
    public async Task ShallowLayersBringBackMoreThanDeepOnes()
    {
        double[] psnr = await Task.WhenAll(new[] { "conv#1", "conv#3", "conv#9" }.Select(async layer =>
            (await Experiments.ContentReconstruction(s_network, s_content, layer, optimizer: Optimizer.Lbfgs(60))).Picture.Psnr(s_content)));
        Assert.True(psnr[0] > psnr[1] + 3 && psnr[1] > psnr[2], string.Join(", ", psnr));
    }

    [Fact]
    public async Task ATextureComesCloseToItsGramMatrices()
    {
        var result = await Experiments.TextureSynthesis(s_network, s_style, optimizer: Optimizer.Lbfgs(60), size: new(80, 48));
        Assert.Equal((80, 48), (result.Picture.Width, result.Picture.Height));
        Assert.True(result.LossesAtEnd!.Value < 0.02 * result.LossesAtStart!.Value);
    }

    [Fact]
    public async Task ATileableTextureHasNoSeam()
    {
        async Task<double> Seam(bool tileable)
        {
            var picture = (await Experiments.TextureSynthesis(s_network, s_style, "input,relu1_1..relu3_1", new(64, 64), tileable,
                optimizer: Optimizer.Lbfgs(60))).Picture;
            return Step(picture, 63, 0) / Enumerable.Range(0, 63).Average(x => Step(picture, x, x + 1));
        }
        double seam = await Seam(tileable: true);
        Assert.InRange(seam, 0.6, 1.3);
        Assert.True(await Seam(tileable: false) > 1.2 * seam);

        static double Step(Picture p, int left, int right) =>
            Enumerable.Range(0, 64).Average(y => Enumerable.Range(0, 3).Average(c => Math.Abs(p[c, y, left] - p[c, y, right])));
    }

    [Theory]
    [InlineData(40, 32, 5)]
    [InlineData(40, 3, 10)]
    [InlineData(1, 7, 32)]
    public void AWrappedMarginRepeatsTheOppositeEdge(int width, int height, int margin)
    {
        var picture = Golden.Picture("picture").Resize(width, height);
        var wrapped = picture.ToTensor().WithWrappedMargin(margin).ToArray();
        int columns = width + 2 * margin, rows = height + 2 * margin;
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++)
                    Assert.Equal(picture[c, (y - margin + 100 * height) % height, (x - margin + 100 * width) % width], wrapped[(c * rows + y) * columns + x]);
    }

    [Fact]
    public async Task AnEnlargedPictureAgreesWithTheSmallOne()
    {
        var low = s_content.Resize(32, 24, Resampling.Area);
        var result = await Experiments.SuperResolution(s_network, low, s_style, 2, optimizer: Optimizer.Lbfgs(60));
        Assert.Equal((64, 48), (result.Picture.Width, result.Picture.Height));
        Assert.True(result.Picture.Resize(32, 24, Resampling.Area).Psnr(low) > 40);
        Assert.Equal([32, 64], Experiments.SuperResolution(s_network, low.Resize(16, 12, Resampling.Area), s_style, 4).Recipe.Passes.Select(p => p.Size.LongSide));
        Assert.Throws<ArgumentException>(() => Experiments.SuperResolution(s_network, low, s_style, 1));
        var tooSmall = s_network.Synthesize(Loss.LowResolution(s_content), size: new(32, 24));
        Assert.Contains("larger than the result", (await Assert.ThrowsAsync<StyleLabException>(async () => await tooSmall)).Message);
        tooSmall = s_network.Synthesize(Loss.Enlargement(s_content), size: new(32, 24));
        Assert.Contains("larger than the result", (await Assert.ThrowsAsync<StyleLabException>(async () => await tooSmall)).Message);
    }

    [Fact]
    public async Task AnEnlargedPictureIsCloserToTheTruthThanLanczosAndItsStyleCloserStillWithAnExample()
    {
        var low = s_content.Resize(32, 24, Resampling.Area);
        var plain = (await Experiments.SuperResolution(s_network, low, s_content, optimizer: Optimizer.Lbfgs(60), styleWeight: 0)).Picture;
        Assert.True(plain.Psnr(s_content) > low.Resize(64, 48, Resampling.Lanczos).Psnr(s_content));
        var invented = (await Experiments.SuperResolution(s_network, low, s_content, optimizer: Optimizer.Lbfgs(60), styleWeight: 10)).Picture;
        Assert.True(Distance(invented) < 0.7 * Distance(plain), $"{Distance(invented)}, {Distance(plain)}");

        double Distance(Picture picture) => Measure.GramDistance(s_network, picture, s_content, "relu1_1..relu3_1");
    }

    // Pieces of pictures, and another piece of each as the example.
    [Theory]
    [InlineData("village", 10, 100, 384, 170)]
    [InlineData("harbour", 60, 200, 300, 200)]
    [InlineData("garden", 20, 300, 300, 300)]
    [InlineData("interior", 100, 200, 300, 200)]
    [InlineData("still-life", 100, 150, 280, 240)]
    [InlineData("swirls", 30, 40, 260, 240)]
    public async Task AnEnlargedPictureHasNoLatticeAtTheBordersOfThePixels(string name, int x, int y, int exampleX, int exampleY)
    {
        var whole = Picture.Load(Path.Combine(Repository.Folder, "data", "pictures", name + ".png"));
        Picture truth = whole.Crop(x, y, 128, 128), example = whole.Crop(exampleX, exampleY, 128, 128);
        foreach (int factor in new[] { 2, 4 })
        {
            var low = truth.Resize(128 / factor, 128 / factor, Resampling.Area);
            var result = (await Experiments.SuperResolution(s_network, low, example, factor, optimizer: Optimizer.Lbfgs(100))).Picture;
            double share = Measure.Lattice(result, factor) / Measure.Lattice(truth, factor);
            Assert.True(share <= 1.2, $"×{factor}: {share:0.00} of the truth's lattice.");
            if (factor == 4)
                Assert.InRange(255 * Alternation.Strongest(result), 0, VisibleAlternation);
            // Detail in the wrong place costs a little, at ×4 of fine drawings.
            Assert.True(result.Psnr(truth) > low.Resize(128, 128).Psnr(truth) - 0.1, $"×{factor}: {result.Psnr(truth):0.00} dB");
        }
    }

    // Masts against a sail and the sea: thin, dark lines, along which light and dark would alternate.
    [Fact]
    public async Task AnEnlargedPictureHasNoRungsAlongItsLines()
    {
        var truth = Square("harbour");
        var low = truth.Resize(64, 64, Resampling.Area);
        var result = (await Experiments.SuperResolution(s_network, low, Square("village"), 4)).Picture;
        Assert.InRange(255 * Alternation.Strongest(result), 0, VisibleAlternation);
        Assert.True(255 * Alternation.Strongest(truth) > 2 * VisibleAlternation);
    }

    // A wall, dark and nearly even: a weave of one level in 255 is nothing in the mean of the picture, and seen there.
    [Fact]
    public async Task AnEnlargedPictureHasNoWeaveInFlatPlaces()
    {
        var truth = Square("still-life");
        var low = truth.Resize(64, 64, Resampling.Area);
        var result = (await Experiments.SuperResolution(s_network, low, Square("village"), 4)).Picture;
        Assert.InRange(Measure.Lattice(Wall(result), 4), 0, 1.2 * Measure.Lattice(Wall(truth), 4));
        Assert.InRange(Measure.Lattice(Wall(result), 3), 0, 1.2 * Measure.Lattice(Wall(truth), 3));

        static Picture Wall(Picture picture) => picture.Crop(0, 0, 80, 64);
    }

    private static Picture Square(string name) =>
        Picture.Load(Path.Combine(Repository.Folder, "data", "pictures", name + ".png")).Resize(320, 320).Crop(32, 32, 256, 256);

    [Theory]
    [InlineData(64, 48)]
    [InlineData(77, 51)]
    public void ASmoothEnlargementShrinksToThePictureAgain(int width, int height)
    {
        var low = s_content.Resize(32, 24, Resampling.Area);
        Assert.True(low.Enlarge(width, height).Resize(32, 24, Resampling.Area).Psnr(low) > 60);
        Assert.Throws<ArgumentException>(() => low.Enlarge(31, 48));
    }

    [Fact]
    public void StyleWeightsAreShares()
    {
        var objective = Experiments.StyleTransferObjective(s_content, [s_style, s_content], styleWeights: [3, 1], styleScale: 0.5);
        var styles = ((SumLoss)objective).Terms.OfType<WeightedLoss>().Where(t => t.Loss is StyleLoss).ToList();
        Assert.Equal([0.75, 0.25], styles.Select(s => s.Weight));
        Assert.All(styles, s => Assert.Equal(32, Math.Max(((StyleLoss)s.Loss).Picture.Width, ((StyleLoss)s.Loss).Picture.Height)));
        Assert.Contains("one weight a picture",
            Assert.Throws<ArgumentException>(() => Experiments.StyleTransferObjective(s_content, [s_style], styleWeights: [1, 2])).Message);
        Assert.Throws<ArgumentException>(() => Experiments.StyleTransferObjective(s_content, [s_style], styleWeights: [0]));
        Assert.Throws<ArgumentException>(() => Experiments.StyleTransferObjective(s_content, [s_style], styleScale: 0));
    }

    [Fact]
    public void ABroadLookAsksASecondNetworkOfEachStyle()
    {
        var fine = (SumLoss)Experiments.StyleTransferObjective(s_content, [s_style, s_content], styleWeights: [3, 1]);
        var broad = (SumLoss)Experiments.StyleTransferObjective(s_content, [s_style, s_content], styleWeights: [3, 1], look: Look.Broad);
        var styles = broad.Terms.OfType<WeightedLoss>().Where(t => t.Loss is StyleLoss).Select(t => (t.Weight, ((StyleLoss)t.Loss).On?.Name, ((StyleLoss)t.Loss).Picture)).ToList();
        Assert.Equal([(0.375, null, s_style), (0.375, "resnet18", s_style), (0.125, null, s_content), (0.125, "resnet18", s_content)], styles);
        // All else is as it was.
        Assert.Equal(fine.Terms.Where(IsNoStyle), broad.Terms.Where(IsNoStyle));
        Assert.Contains("only balanced weights compare", Assert.Throws<ArgumentException>(
            () => Experiments.StyleTransferObjective(s_content, [s_style], convention: Convention.Gatys, look: Look.Broad)).Message);

        static bool IsNoStyle(Loss term) => term is not WeightedLoss { Loss: StyleLoss };
    }
}
