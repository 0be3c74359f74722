namespace StyleLab.Tests.Synthesis;

public class ScheduleTests
{
    [Theory]
    [InlineData(256, "64,128,256")]
    [InlineData(384, "96,192,384")]
    [InlineData(100, "100")]
    [InlineData(512, "64,128,256,512")]
    public void HalvesDownTo64(int longSide, string expected)
    {
        var passes = Schedule.CoarseToFine(new(longSide, longSide / 2), 300);
        Assert.Equal(expected, string.Join(",", passes.Select(p => p.Size.Width)));
        Assert.Equal(300, passes.Sum(p => p.Steps));
        Assert.Equal(new PictureSize(longSide, longSide / 2), passes[^1].Size);
    }

    [Fact]
    public void SmallNumbersOfStepsStillAddUp()
    {
        for (int steps = 0; steps < 20; steps++)
            Assert.Equal(steps, Schedule.CoarseToFine(new(256, 256), steps).Sum(p => p.Steps));
    }

    /// <summary>Begun afresh, Adam moves every value by its rate and L-BFGS takes a careful step down the gradient.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("lbfgs")]
    public async Task TheOptimizersMemoryGoesAlongToTheNextSizeIfAsked(string kind)
    {
        var content = Golden.Picture("content").Resize(64, 48);
        async Task<(double Before, double After, Picture Picture)> FirstStepsAtTheSecondSize(bool across)
        {
            var optimizer = (kind == "adam" ? Optimizer.Adam(22) : Optimizer.Lbfgs(22)) with { AcrossSizes = across };
            var run = LossNetwork.Load("vgg19-slim").Synthesize(Loss.Content(content, "relu2_1"), Start.Noise(1), optimizer, sizes: [32, 64]);
            var result = await run;
            int first = result.Recipe.Passes[0].Steps;
            return (result.History[first].Value, result.History[first + 1].Value, result.Picture);
        }

        var afresh = await FirstStepsAtTheSecondSize(false);
        var across = await FirstStepsAtTheSecondSize(true);
        Assert.Equal(afresh.Before, across.Before);
        Assert.NotEqual(afresh.Picture.Values, across.Picture.Values);
        // Pairs of the smaller picture make the first step a full one; a mean of earlier gradients makes Adam's a smaller one.
        Assert.True(across.After < across.Before);
        Assert.True(kind == "adam" || across.After < afresh.After, $"{afresh.Before}: {afresh.After} afresh, {across.After} across");
    }
}
