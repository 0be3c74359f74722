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
}
