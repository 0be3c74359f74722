using System.Text.Json.Nodes;

namespace StyleLab.Tests.Figures;

/// <summary>Where a run goes on to a larger size, its loss leaps: the plot says so.</summary>
public class PlotMarkTests
{
    private static readonly PlotSeries s_series = new("total", [.. Enumerable.Range(1, 100).Select(i => 10.0 / i)]);

    [Fact]
    public void A_mark_is_a_thin_line_with_a_label_in_the_drawing()
    {
        var plain = new LossPlot(s_series);
        var marked = new LossPlot(s_series) { Marks = [new(1, "64 px"), new(40, "128 px"), new(400, "beyond")] };
        var svg = new Svg(marked.ToSvg());
        Assert.Contains("64 px", svg.Texts);
        Assert.Contains("128 px", svg.Texts);
        Assert.DoesNotContain("beyond", svg.Texts);
        Assert.Equal(new Svg(plain.ToSvg()).All("path").Count() + 1, svg.All("path").Count());

        // In pixels too: a column in the middle is darker where the dashes are.
        var (without, with) = (plain.ToPicture(1), marked.ToPicture(1));
        var rows = Enumerable.Range(without.Height / 3, without.Height / 4);
        Assert.Contains(Enumerable.Range(0, without.Width), x => rows.Count(y => with[0, y, x] < without[0, y, x] - 0.1) > without.Height / 10);
    }

    [Fact]
    public void Labels_that_would_meet_are_left_out_from_the_left()
    {
        var plot = new LossPlot(s_series) { Width = 300, Marks = [new(40, "the first"), new(44, "the second"), new(80, "the third")] };
        var svg = new Svg(plot.ToSvg());
        Assert.DoesNotContain("the first", svg.Texts);
        Assert.Contains("the second", svg.Texts);
    }

    [Fact]
    public void Plotly_gets_lines_and_labels_and_on_a_logarithmic_axis_the_logarithm()
    {
        var plot = new Plot(s_series) { Marks = [new(10, "a < b")] };
        var layout = JsonNode.Parse(plot.ToPlotlyJson())!["layout"]!;
        Assert.Equal(10, (double)layout["shapes"]![0]!["x0"]!);
        Assert.Equal("paper", (string?)layout["shapes"]![0]!["yref"]);
        Assert.Equal("a &lt; b", (string?)layout["annotations"]![0]!["text"]);
        Assert.Equal(10, (double)layout["annotations"]![0]!["x"]!);

        plot.LogX = true;
        layout = JsonNode.Parse(plot.ToPlotlyJson())!["layout"]!;
        Assert.Equal(10, (double)layout["shapes"]![0]!["x0"]!);
        Assert.Equal(1, (double)layout["annotations"]![0]!["x"]!);
        Assert.Null(JsonNode.Parse(new Plot(s_series).ToPlotlyJson())!["layout"]!["shapes"]);
    }

    [Fact]
    public async Task A_run_from_coarse_to_fine_marks_its_sizes_also_when_it_is_taken_up_again()
    {
        var network = LossNetwork.Load("vgg19-slim");
        var content = TestPictures.Noise(64, 48);
        var result = await network.Synthesize(Loss.Content(content), Start.Noise(1), Optimizer.Adam(10), sizes: [32, 64]);
        int second = result.Recipe.Passes[0].Steps + 1;
        Assert.Equal([new PlotMark(1, "32 px"), new PlotMark(second, "64 px")], result.LossPlot().Marks);

        string file = Path.Combine(Directory.CreateTempSubdirectory("marks").FullName, "run.safetensors");
        result.Save(file);
        Assert.Equal(result.LossPlot().Marks, SynthesisResult.Load(file).LossPlot().Marks);
        Assert.Equal(result.LossPlot().Marks, (await result.Continue(3)).LossPlot().Marks);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        var single = await network.Synthesize(Loss.Content(content), Start.Noise(1), Optimizer.Adam(3), sizes: [64]);
        Assert.Empty(single.LossPlot().Marks);
    }

    [Theory]
    [InlineData(64, 48, "64×48, shown ×5")]
    [InlineData(300, 200, "300×200, shown ×1.1")]
    [InlineData(320, 100, "320×100<")]
    [InlineData(900, 700, "900×700<")]
    public void The_live_picture_says_its_size_and_how_much_it_is_enlarged(int width, int height, string expected)
    {
        string html = new ProgressView { Title = "run", Steps = 2, Step = 1, Preview = TestPictures.Noise(width, height) }.ToHtml();
        Assert.Contains(System.Net.WebUtility.HtmlEncode(expected).Replace("&lt;", "<"), html.Replace("×", "&#215;"), StringComparison.Ordinal);
    }
}
