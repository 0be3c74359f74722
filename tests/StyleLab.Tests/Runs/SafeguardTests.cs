using StyleLab.Runs;

namespace StyleLab.Tests.Synthesis;

public class SafeguardTests
{
    private static readonly float[] s_picture = [1, 2];

    [Fact]
    public void GoesBackToTheBestPicture()
    {
        var safeguard = new Safeguard();
        Assert.True(safeguard.Accepts(Of(10), s_picture, 10));
        Assert.False(safeguard.HasClimbed);
        Assert.True(safeguard.Accepts(Of(11), [7, 7], 10));
        Assert.True(safeguard.HasClimbed);
        Assert.False(safeguard.Accepts(Of(double.NaN), [9, 9], 10));
        Assert.False(safeguard.Accepts(Of(2000), [8, 8], 10));
        float[] values = [float.NaN, 0];
        safeguard.Return(values);
        Assert.Equal(s_picture, values);
        Assert.Equal(10, safeguard.BestLoss);
    }

    [Fact]
    public void GivesUpWhenItOnlyRepeatsItself()
    {
        var safeguard = new Safeguard();
        for (int i = 0; i < 3; i++)
        {
            Assert.False(safeguard.GivesUp);
            Assert.True(safeguard.Accepts(Of(1), s_picture, 1));
            safeguard.Return([0, 0]);
        }
        Assert.True(safeguard.GivesUp);
        Assert.True(safeguard.Accepts(Of(0.9), s_picture, 1));
        Assert.False(safeguard.GivesUp);
    }

    /// <summary>Losses of one's own may be negative or reach 0: climbing a little is allowed there, too.</summary>
    [Theory]
    [InlineData(-5, -4, true)]
    [InlineData(-5, 600, false)]
    [InlineData(0, 1e-5, true)]
    [InlineData(0, 1, false)]
    public void ClimbsAreMeasuredFromTheBest(double best, double next, bool accepted)
    {
        var safeguard = new Safeguard();
        Assert.True(safeguard.Accepts(Of(best), s_picture, 1));
        Assert.Equal(accepted, safeguard.Accepts(Of(next), s_picture, 1));
    }

    private static LossValues Of(double value) => new("total", value, []);
}
