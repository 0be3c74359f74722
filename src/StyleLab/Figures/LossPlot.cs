using StyleLab.Figures;

namespace StyleLab;

/// <summary>Loss terms over a run, on a logarithmic axis: a straight fall is a steady rate of progress.</summary>
[TypeFormatterSource(typeof(PlotFormatters), PreferredMimeTypes = ["application/vnd.plotly.v1+json", "image/svg+xml", "image/png", "application/pdf"],
    OptionalMimeTypes = ["image/jpeg"])]
public sealed class LossPlot : Plot
{
    /// <summary>A loss plot of series that are there already.</summary>
    public LossPlot(params IEnumerable<PlotSeries> series) : base(series)
    {
        LogY = true;
        XTitle = "step";
        YTitle = "loss";
    }

    /// <summary>A loss plot of the named values of each step, counted from 1; a name may be missing in some steps.</summary>
    public LossPlot(IEnumerable<IReadOnlyDictionary<string, double>> steps) : this(ToSeries(steps)) { }

    private static IEnumerable<PlotSeries> ToSeries(IEnumerable<IReadOnlyDictionary<string, double>> steps)
    {
        var names = new List<string>();
        var points = new Dictionary<string, (List<double> X, List<double> Y)>();
        int step = 0;
        foreach (var losses in steps)
        {
            step++;
            foreach (var (name, loss) in losses)
            {
                if (!points.TryGetValue(name, out var line))
                {
                    names.Add(name);
                    points[name] = line = ([], []);
                }
                line.X.Add(step);
                line.Y.Add(loss);
            }
        }
        return names.Select(name => new PlotSeries(name, points[name].X, points[name].Y));
    }
}
