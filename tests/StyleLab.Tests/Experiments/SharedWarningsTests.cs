using StyleLab.Cards;

namespace StyleLab.Tests.ExperimentRuns;

public sealed class SharedWarningsTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_style = Golden.Picture("style").Resize(40, 32);
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-warnings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("pulls 7,000,000 times less.", "pulls 8.1×10³⁵ times less.", true)]
    [InlineData("At 64×48 it ended after 6 of 20 steps: so.", "At 32×24 it ended after 7 of 21 steps: so.", true)]
    [InlineData("loss 1.46; it ended at 7.86E+14. So", "loss 0.2; it ended at 1E-03. So", true)]
    [InlineData("The guide mask1.png is squeezed.", "The guide mask2.png is squeezed.", false)]
    [InlineData("The guide 1.png is squeezed.", "The guide 2.png is squeezed.", false)]
    [InlineData("The style is transparent.", "The picture is transparent.", false)]
    public void SentencesThatDifferInNumbersAloneAreOne(string first, string second, bool areOne)
    {
        string[] told = [.. SharedWarnings.Of([[first], [], [second]], runs => string.Join('+', runs))];
        Assert.Equal(areOne ? [$"0+2, with the numbers of the first: {first}"] : [$"0: {first}", $"2: {second}"], told);
        Assert.Equal(["0+1: " + first], SharedWarnings.Of([[first], [first]], runs => string.Join('+', runs)));
        Assert.Equal(["0: " + first, "0: " + second], SharedWarnings.Of([[first, second]], runs => string.Join('+', runs)));
    }

    [Fact]
    public void CellsAreNamedByWhatTheyShare()
    {
        SweepAxis[] axes = [new("weight", ["0", "1", "2"]), new("seed", ["7", "8"])];
        var recipe = s_network.Synthesize(Loss.Style(s_style, "relu1_1"), sizes: [40]).Recipe;
        SweepCell[] cells = [.. Enumerable.Range(0, 6).Select(i => new SweepCell(i, [axes[0].Labels[i / 2], axes[1].Labels[i % 2]], recipe, null, false, null))];
        string[] Told(params int[] places) => [.. SweepWarnings.Of(axes, cells, cell => places.Contains(cell.Index) ? ["So."] : [])];

        Assert.Empty(Told());
        Assert.Equal(["All 6 cells: So."], Told(0, 1, 2, 3, 4, 5));
        Assert.Equal(["seed 8 (3 of 6 cells): So."], Told(1, 3, 5));
        Assert.Equal(["weight 0, 2 (4 of 6 cells): So."], Told(0, 1, 4, 5));
        Assert.Equal(["1 of 6 cells (1 · 7): So."], Told(2));
        Assert.Equal(["5 of 6 cells (0 · 7; 0 · 8; 1 · 7 and 2 more): So."], Told(0, 1, 2, 3, 4));
    }

    [Fact]
    public async Task ASweepTellsWhatItsResultsWarnOfKeptOnesToo()
    {
        // From the content, a content term alone moves nothing.
        var sweep = Sweep.Of(s_network.Synthesize(Loss.Content(s_style, "relu1_1"), Start.Content(), Optimizer.Lbfgs(2), sizes: [40]))
            .Over("layer", ["relu1_1", "relu2_1"], (recipe, layer) => recipe with { Objective = Loss.Content(s_style, layer) })
            .Over("start", [Start.Content(), Start.Noise(1)], (recipe, start) => recipe with { Start = start }, start => start == Start.Noise(1) ? "noise" : "content");
        foreach (bool kept in (bool[])[false, true])
        {
            var result = await sweep.Run(_folder);
            Assert.All(result, cell => Assert.Equal(kept, cell.FromCache));
            string warning = Assert.Single(result.Warnings);
            Assert.StartsWith("start content (2 of 4 cells): Nothing moves the picture at 40×32", warning);
            Assert.Equal([true, false, true, false], result.ToTable()["warnings"].Select(text => ((string?)text)?.StartsWith("Nothing moves") == true));

            string card = SweepCard.ToHtml(result);
            Assert.Single(card.Split("Nothing moves the picture")[1..]);
            Assert.Contains("▸ 1 warning</summary>", card);
            Assert.Single(SweepCard.ToText(result).Split("! start content (2 of 4 cells)")[1..]);
        }
    }

    [Fact]
    public async Task ACellThatEndsAsNaNSaysSoInTheColumnOfErrors()
    {
        Loss Falling(float to) => Loss.Custom("input", f => (f.Mean() + to).Sqrt());
        var result = await Sweep.Of(s_network.Synthesize(Falling(0.2f), Start.From(Golden.Picture("content").Resize(64, 48)), Optimizer.Adam(300, 0.02), new PictureSize(64, 48), [64], margin: 0))
            .Over("to", [0.2f, 100], (recipe, to) => recipe with { Objective = Falling(to) }).Run(_folder);
        var errors = result.ToTable()["error"];
        Assert.StartsWith("The objective or its gradient ended as NaN", (string?)errors[0]);
        Assert.Null(errors[1]);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("to 0.2 (1 of 2 cells): The objective or its gradient ended as NaN"));
    }

    [Fact]
    public void FailuresOfManyCellsAreOneSentence()
    {
        var recipe = s_network.Synthesize(Loss.Style(s_style, "relu1_1"), sizes: [40]).Recipe;
        SweepCell[] cells = [.. Enumerable.Range(0, 40).Select(i => new SweepCell(i, [$"{i}"], recipe, null, false, i < 39 ? $"A picture of {i} pixels is too small." : null))];
        var sweep = new SweepResult([new("seed", [.. Enumerable.Range(0, 40).Select(i => $"{i}")])], cells, Interrupted: false, Warnings: []);
        Assert.Equal("seed 0, 1, 2 and 36 more (39 of 40 cells), with the numbers of the first: A picture of 0 pixels is too small.", Assert.Single(sweep.Failures));
        Assert.Single(SweepCard.ToHtml(sweep).Split("is too small")[1..]);
    }
}
