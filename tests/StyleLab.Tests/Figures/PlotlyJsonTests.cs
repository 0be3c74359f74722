using System.Text.Json;

namespace StyleLab.Tests.Figures;

public class PlotlyJsonTests
{
    [Fact]
    public void Carries_the_data_with_null_for_what_cannot_be_shown()
    {
        var plot = new LossPlot(new PlotSeries("total", [1, 2, 3], [0.5, 0, double.NaN]), new PlotSeries("a <b> & c", [10], [7]));
        using var json = JsonDocument.Parse(plot.ToPlotlyJson());
        var data = json.RootElement.GetProperty("data");

        Assert.Equal(2, data.GetArrayLength());
        Assert.Equal("scatter", data[0].GetProperty("type").GetString());
        Assert.Equal("total", data[0].GetProperty("name").GetString());
        Assert.Equal("[1,2,3]", data[0].GetProperty("x").GetRawText());
        Assert.Equal("[0.5,null,null]", data[0].GetProperty("y").GetRawText());
        Assert.Equal("a &lt;b&gt; &amp; c", data[1].GetProperty("name").GetString());
        Assert.Equal("markers", data[1].GetProperty("mode").GetString());
    }

    [Fact]
    public void Describes_the_same_figure_as_the_svg()
    {
        var plot = new LossPlot(new PlotSeries("total", [3, 2])) { Title = "Loss", Width = 480 };
        using var json = JsonDocument.Parse(plot.ToPlotlyJson());
        var layout = json.RootElement.GetProperty("layout");

        Assert.Equal("log", layout.GetProperty("yaxis").GetProperty("type").GetString());
        Assert.Equal("loss", layout.GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString());
        Assert.Equal("step", layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString());
        Assert.Equal("Loss", layout.GetProperty("title").GetProperty("text").GetString());
        Assert.Equal(480, layout.GetProperty("width").GetInt32());
        Assert.Equal("#0072B2", json.RootElement.GetProperty("data")[0].GetProperty("line").GetProperty("color").GetString());
        Assert.True(json.RootElement.GetProperty("config").GetProperty("responsive").GetBoolean());
    }
}
