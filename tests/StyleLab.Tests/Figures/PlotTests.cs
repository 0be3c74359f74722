namespace StyleLab.Tests.Figures;

public class PlotTests
{
    private static PlotSeries Falling(string name, int count) =>
        new(name, [.. Enumerable.Range(1, count).Select(i => 10.0 / i)]);

    [Fact]
    public void Draws_titles_legend_ticks_and_one_line_a_series()
    {
        var plot = new LossPlot(Falling("total", 100), Falling("style", 100)) { Title = "Loss" };
        var svg = new Svg(plot.ToSvg());

        foreach (string text in new[] { "Loss", "step", "loss", "total", "style", "0", "50", "100", "0.1", "1", "10" })
            Assert.Contains(text, svg.Texts);
        // Each colour stands once in the legend and once in the frame.
        foreach (string color in new[] { "#0072B2", "#D55E00" })
            Assert.Equal(2, svg.All("path").Count(path => path.Attribute("stroke")!.Value == color));
    }

    [Fact]
    public void A_single_series_names_the_axis_instead_of_a_legend()
    {
        var svg = new Svg(new Plot(Falling("drift", 5)).ToSvg());

        Assert.Single(svg.Texts, "drift");
        Assert.Single(svg.All("path"), path => path.Attribute("stroke")!.Value == "#0072B2");
    }

    [Fact]
    public void Everything_stands_inside_the_figure()
    {
        var plot = new LossPlot(Enumerable.Range(1, 11).Select(i => Falling($"a rather long series name {i}", 3000)))
        {
            Title = new string('W', 200), Width = 320, Height = 400,
        };
        var svg = new Svg(plot.ToSvg());

        Assert.All(svg.All("path"), path =>
        {
            double[] numbers = [.. path.Attribute("d")!.Value[1..].Split(' ', 'L').Select(double.Parse)];
            for (int i = 0; i < numbers.Length; i += 2)
            {
                Assert.InRange(numbers[i], 0, 320);
                Assert.InRange(numbers[i + 1], 0, 400);
            }
        });
        foreach (var text in svg.All("text").Where(t => t.Attribute("transform") == null))
        {
            double length = StyleLab.Figures.StrokeFont.Measure(text.Value, Svg.Number(text, "font-size"));
            double x = Svg.Number(text, "x");
            double left = text.Attribute("text-anchor")!.Value switch { "start" => x, "middle" => x - length / 2, _ => x - length };
            Assert.InRange(left, 0, 320);
            Assert.InRange(left + length, 0, 320);
        }
    }

    [Fact]
    public void A_hundred_series_leave_room_for_their_lines()
    {
        var svg = new Svg(new Plot(Enumerable.Range(1, 100).Select(i => Falling($"series {i}", 20)))
        {
            Width = 200, Height = 200,
        }.ToSvg());

        double[] ys = [.. svg.All("path").Last().Attribute("d")!.Value[1..].Split('L').Select(p => double.Parse(p.Split(' ')[1]))];
        Assert.True(ys.Max() - ys.Min() > 40);
        Assert.InRange(ys.Max(), 100, 190);
    }

    [Fact]
    public void Values_that_cannot_be_shown_leave_a_gap()
    {
        var series = new PlotSeries("loss", [4, 3, double.NaN, 2, 1.5, 0, -1, double.PositiveInfinity, 1]);
        var lines = new Svg(new LossPlot(series).ToSvg()).All("path").Where(p => p.Attribute("stroke")!.Value == "#0072B2");

        // Two, two and a lone point, which is drawn as a dot: from itself to itself.
        Assert.Equal([2, 2, 2], lines.Select(line => line.Attribute("d")!.Value.Split('L').Length));
        string[] dot = lines.Last().Attribute("d")!.Value[1..].Split('L');
        Assert.Equal(dot[0], dot[1]);
    }

    [Fact]
    public void Zero_and_negative_values_are_drawn_on_a_linear_axis()
    {
        var svg = new Svg(new Plot(new PlotSeries("y", [-2, 0, 2])).ToSvg());

        Assert.Equal(3, svg.All("path").Single(p => p.Attribute("stroke")!.Value == "#0072B2").Attribute("d")!.Value.Split('L').Length);
        Assert.Contains("-2", svg.Texts);
    }

    [Fact]
    public void Without_data_it_says_so()
    {
        Assert.Contains("no data yet", new Svg(new Plot().ToSvg()).Texts);
        Assert.Contains("no data yet", new Svg(new LossPlot(new PlotSeries("loss", [double.NaN, 0, -3])).ToSvg()).Texts);
        Assert.Contains("no data yet", new Plot().ToString());
        Assert.DoesNotContain("no data yet", new Svg(new Plot(Falling("loss", 1)).ToSvg()).Texts);
    }

    [Fact]
    public void A_long_run_keeps_its_peaks_in_a_light_figure()
    {
        double[] y = [.. Enumerable.Range(0, 50_000).Select(i => 1 + 0.1 * Math.Sin(i))];
        y[31_234] = 5;
        string text = new Plot(new PlotSeries("y", y)).ToSvg();

        Assert.InRange(text.Length, 10_000, 80_000);
        var line = new Svg(text).All("path").Single(p => p.Attribute("stroke")!.Value == "#0072B2").Attribute("d")!.Value;
        double[] heights = [.. line[1..].Split('L').Select(p => double.Parse(p.Split(' ')[1]))];
        Assert.Single(heights, h => h < heights.Average() - 100);
    }

    [Fact]
    public void Pixels_show_the_same_lines()
    {
        var plot = new Plot(new PlotSeries("y", [1, 1, 1, 1]), new PlotSeries("z", [2, 2, 2, 2]));
        var svg = new Svg(plot.ToSvg());
        var picture = plot.ToPicture();

        var lines = svg.All("path").Where(p => p.Attribute("stroke")!.Value == "#D55E00").ToArray();
        double[] end = [.. lines[^1].Attribute("d")!.Value[1..].Split('L')[2].Split(' ').Select(double.Parse)];
        var (red, green, blue) = picture.At(2 * end[0] - 20, 2 * end[1]);
        Assert.Equal((0xD5 / 255f, 0x5E / 255f, 0f), (red, green, blue));
        Assert.Equal((2 * plot.Width, 2 * plot.Height), (picture.Width, picture.Height));
    }

    [Fact]
    public void Each_step_of_a_loss_plot_may_name_other_terms()
    {
        var plot = new LossPlot(
        [
            new Dictionary<string, double> { ["content"] = 3, ["style"] = 5 },
            new Dictionary<string, double> { ["content"] = 2, ["style"] = 4, ["variation"] = 1 },
        ]);

        Assert.Equal(["content", "style", "variation"], plot.Series.Select(s => s.Name));
        Assert.Equal([1, 2], plot.Series[0].X);
        Assert.Equal([5, 4], plot.Series[1].Y);
        Assert.Equal([2], plot.Series[2].X);
        Assert.True(plot.LogY);
    }

    [Fact]
    public void The_summary_names_first_and_last_values() =>
        Assert.Equal("Loss: total 10 → 0.1 (100 points)", new LossPlot(Falling("total", 100)) { Title = "Loss" }.ToString());

    [Fact]
    public void Wrong_calls_are_one_clear_sentence()
    {
        var error = Assert.Throws<StyleLabException>(() => new PlotSeries("loss", [1, 2], [1]));
        Assert.Equal("The series \"loss\" has 2 x values and 1 y values; give one x for each y.", error.Message);
        Assert.Throws<StyleLabException>(() => new Plot { Width = 10 });
        Assert.Throws<StyleLabException>(() => new Plot { Height = 100_000 });
    }

    [Fact]
    public void A_sweep_has_a_logarithmic_horizontal_axis_and_marks()
    {
        var plot = new Plot(new PlotSeries("loss", [0, 0.1, 1, 10, 100], [9, 1, 2, 3, 4])) { LogX = true, Markers = true };
        var svg = new Svg(plot.ToSvg());
        double[] labels = [.. new[] { "0.1", "1", "10", "100" }.Select(label =>
            Svg.Number(svg.All("text").First(e => e.Value == label && e.Attribute("text-anchor")!.Value == "middle"), "x"))];
        Assert.Equal(labels[1] - labels[0], labels[2] - labels[1], 1.01);
        Assert.Equal(labels[2] - labels[1], labels[3] - labels[2], 1.01);

        // What is not positive leaves a gap; the line and four marks are left.
        Assert.Equal(4, svg.All("path").Count(e => e.Attribute("stroke-width")!.Value == "6.13" || e.Attribute("stroke-width")!.Value == "6.12"));
        Assert.Contains("\"mode\":\"lines\\u002Bmarkers\"", plot.ToPlotlyJson());
        Assert.Contains("\"xaxis\":{\"type\":\"log\"", plot.ToPlotlyJson());
    }

    [Fact]
    public void A_scatter_plot_has_marks_and_no_lines()
    {
        var plot = new Plot(new PlotSeries("one", [1, 2, 3], [9, 1, 2]), new PlotSeries("other", [1, 2], [4, 3])) { Markers = true };
        string[] joined = Widths();
        plot.Lines = false;
        string[] scattered = Widths();

        Assert.Equal(5, scattered.Count(width => width is "6.13" or "6.12"));
        Assert.Equal(joined.Length - 2, scattered.Length);
        Assert.Contains("\"mode\":\"markers\"", plot.ToPlotlyJson());
        Assert.DoesNotContain("lines", plot.ToPlotlyJson());

        string[] Widths() => [.. new Svg(plot.ToSvg()).All("path").Select(e => e.Attribute("stroke-width")!.Value)];
    }
}
