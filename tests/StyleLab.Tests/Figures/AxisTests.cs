using StyleLab.Figures;

namespace StyleLab.Tests.Figures;

public class AxisTests
{
    private static string[] Labels(Axis axis) => [.. axis.Ticks.Select(t => t.Label).Where(label => label != "")];

    [Theory]
    [InlineData(0, 300, 6, "0 50 100 150 200 250 300")]
    [InlineData(0, 1, 5, "0 1")]
    [InlineData(0.1, 0.45, 5, "0.1 0.2 0.3 0.4")]
    [InlineData(-1.5, 1.5, 6, "-1.5 -1.0 -0.5 0.0 0.5 1.0 1.5")]
    [InlineData(0, 45000, 5, "0 10,000 20,000 30,000 40,000")]
    [InlineData(0, 4.5e6, 5, "0 1×10⁶ 2×10⁶ 3×10⁶ 4×10⁶")]
    [InlineData(1e-7, 4e-7, 4, "1×10⁻⁷ 2×10⁻⁷ 3×10⁻⁷ 4×10⁻⁷")]
    public void Linear_ticks_are_1_2_or_5_times_a_power_of_ten(double low, double high, int most, string labels) =>
        Assert.Equal(labels, string.Join(' ', Labels(Axis.For([low, high], false, most, 0))));

    [Theory]
    [InlineData(0.01, 100, 5, "0.01 0.1 1 10 100")]
    [InlineData(1e-6, 1e2, 9, "10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹ 10²")]
    [InlineData(1e-6, 1e2, 4, "10⁻⁶ 10⁻⁴ 10⁻² 10⁰ 10²")]
    [InlineData(1.5, 60, 5, "2 5 10 20 50")]
    [InlineData(0.021, 0.045, 5, "0.025 0.030 0.035 0.040 0.045")]
    public void Log_ticks_are_powers_of_ten_where_there_are_two(double low, double high, int most, string labels) =>
        Assert.Equal(labels, string.Join(' ', Labels(Axis.For([low, high], true, most, 0))));

    [Fact]
    public void Log_axes_place_equal_ratios_at_equal_distances()
    {
        var axis = Axis.For([1, 10_000], true, 5, 0);

        Assert.Equal(0.25, axis.Place(10), 12);
        Assert.Equal(0.5, axis.Place(100), 12);
        Assert.Equal(0, axis.Place(1), 12);
        Assert.Equal(1, axis.Place(10_000), 12);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(0, false)]
    [InlineData(-1e20, false)]
    [InlineData(5, true)]
    [InlineData(1e-200, true)]
    public void A_single_value_stands_inside_its_axis(double value, bool isLog)
    {
        var axis = Axis.For([value], isLog, 5, 0.04);

        Assert.InRange(axis.Place(value), 0.2, 0.8);
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.Place(tick.Value), -1e-6, 1 + 1e-6));
    }

    [Theory]
    [InlineData(1e-249, 1e249, true)]
    [InlineData(-1e249, 1e249, false)]
    [InlineData(1, 1 + 1e-15, false)]
    [InlineData(1e15, 1e15 + 1, false)]
    public void Extreme_ranges_have_few_ticks(double low, double high, bool isLog)
    {
        var axis = Axis.For([low, high], isLog, 5, 0.04);

        Assert.InRange(axis.Ticks.Count, 0, 12);
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.Place(tick.Value), -1e-6, 1 + 1e-6));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0123, "0.0123")]
    [InlineData(0.00012345678, "0.0001235")]
    [InlineData(0.00001, "1×10⁻⁵")]
    [InlineData(1.234567e-12, "1.235×10⁻¹²")]
    [InlineData(9.99999, "10")]
    [InlineData(1234.5678, "1235")]
    [InlineData(12345.678, "12,350")]
    [InlineData(-1234567, "-1,235,000")]
    [InlineData(12345678, "1.235×10⁷")]
    [InlineData(9999999, "1×10⁷")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Values_are_written_as_people_read_them(double value, string text) => Assert.Equal(text, NumberText.Value(value));
}
