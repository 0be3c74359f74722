using StyleLab.Figures;

namespace StyleLab;

/// <summary>
/// A line chart of named series. In a notebook it is interactive where Plotly is there, and drawn as SVG everywhere.
/// </summary>
[TypeFormatterSource(typeof(PlotFormatters), PreferredMimeTypes = ["application/vnd.plotly.v1+json", "image/svg+xml", "image/png", "application/pdf"],
    OptionalMimeTypes = ["image/jpeg"])]
public class Plot : Figure
{
    private readonly List<PlotSeries> _series;

    /// <summary>Makes a plot.</summary>
    public Plot(params IEnumerable<PlotSeries> series) => _series = [.. series];

    /// <summary>The lines, in the order of the legend.</summary>
    public IReadOnlyList<PlotSeries> Series => _series;

    /// <summary>Stands above the plot.</summary>
    public string? Title { get; set; }

    /// <summary>What the horizontal axis shows.</summary>
    public string? XTitle { get; set; }

    /// <summary>What the vertical axis shows.</summary>
    public string? YTitle { get; set; }

    /// <summary>Whether the vertical axis is logarithmic: equal steps for equal ratios.</summary>
    public bool LogY { get; set; }

    /// <summary>Whether the horizontal axis is logarithmic, as for a sweep over weights.</summary>
    public bool LogX { get; set; }

    /// <summary>Whether each point is marked, as where few were measured.</summary>
    public bool Markers { get; set; }

    /// <summary>Whether the points of a series are joined; without lines they are marked, as in a scatter plot.</summary>
    public bool Lines { get; set; } = true;

    /// <summary>Thin upright lines with labels, such as where a run goes on to a larger size.</summary>
    public IReadOnlyList<PlotMark> Marks { get; set; } = [];

    internal bool ShowsMarkers => Markers || !Lines;

    /// <summary>The width in layout units (CSS pixels), 160 to 4096.</summary>
    /// <exception cref="StyleLabException">The width is out of range.</exception>
    public int Width { get; set => field = Checked(value, 160, "width"); } = 560;

    /// <summary>The height in layout units (CSS pixels), 120 to 4096.</summary>
    /// <exception cref="StyleLabException">The height is out of range.</exception>
    public int Height { get; set => field = Checked(value, 120, "height"); } = 350;

    /// <summary>The plot as Plotly's JSON: data, layout and config, the content of application/vnd.plotly.v1+json.</summary>
    public string ToPlotlyJson() => PlotlyJson.Write(this);

    /// <summary>A single series needs no legend; its name says what the axis shows.</summary>
    internal string? ShownYTitle => YTitle ?? (_series.Count == 1 ? _series[0].Name : null);

    internal override (double Width, double Height) Size => (Width, Height);

    internal override double PreferredScale => 2;

    internal override void Draw(ICanvas canvas, double width, double height) =>
        new PlotDrawing(this, canvas, width, height).Draw();

    /// <summary>One line: each series with its first and last value.</summary>
    private protected override string Summary
    {
        get
        {
            string title = string.IsNullOrWhiteSpace(Title) ? "plot" : Title;
            var lines = _series.Select(s => s.Y.Count == 0 ? $"{s.Name} no data yet" :
                $"{s.Name} {NumberText.Value(s.Y[0])} → {NumberText.Value(s.Y[^1])} ({s.Y.Count} points)");
            return _series.Count == 0 ? $"{title}: no data yet" : $"{title}: {string.Join(", ", lines)}";
        }
    }

    private static int Checked(int value, int least, string name) => value >= least && value <= 4096
        ? value
        : throw new StyleLabException($"The {name} of a plot is {least} to 4096 pixels, not {value}.");
}
