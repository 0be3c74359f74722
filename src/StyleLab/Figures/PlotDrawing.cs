namespace StyleLab.Figures;

/// <summary>Lays a plot out in a given size and draws it: title, legend, frame with grid lines, series.</summary>
internal sealed class PlotDrawing
{
    private const double Pad = 10, TitleSize = 14, LabelSize = 12, TickSize = 11;
    private const double LegendLine = 18, LegendGap = 6, LegendBetween = 18, LegendRow = 18;
    private const double LineWidth = 1.75, MarkSize = 10, MarkGap = 6, NearAxis = 8;

    private readonly Plot _plot;
    private readonly ICanvas _canvas;
    private readonly double _width;
    private readonly Axis _x, _y;
    private readonly Box _frame;
    private readonly bool _isEmpty;
    private readonly List<List<(int Series, string Name)>> _legend;

    public PlotDrawing(Plot plot, ICanvas canvas, double width, double height)
    {
        _plot = plot;
        _canvas = canvas;
        _width = width;

        var shown = plot.Series.SelectMany(s => s.X.Zip(s.Y)).Where(IsShown).ToArray();
        _isEmpty = shown.Length == 0;
        double[] xs = [.. shown.Select(p => p.First)], ys = [.. shown.Select(p => p.Second)];
        if (!plot.LogX)
            xs = WithZero(xs);
        _y = Axis.For(ys, plot.LogY, most: Math.Max(2, (int)(height - 100) / 32), padding: 0.04);
        // The lines are what matters: a legend of very many names is cut off rather than leave no room for them.
        int mostRows = Math.Max(1, (int)(height * 0.4 / LegendRow));
        _legend = [.. LegendRows(plot.Series.Count > 1 ? width - 2 * Pad : 0).Take(mostRows)];

        double left = Pad + (plot.ShownYTitle == null ? 0 : LabelSize + 8) + WidestLabel(_y) + 8;
        double top = Pad + (HasTitle ? TitleSize + 10 : 0) + _legend.Count * LegendRow + (_legend.Count > 0 ? 6 : 4);
        top += MarkRoom;
        double bottom = height - Pad - (plot.XTitle == null ? 0 : LabelSize + 6) - TickSize - 8;
        // The widest number of the horizontal axis decides how many fit; half of the last one stands out to the right.
        double label = WidestLabel(Axis.For(xs, plot.LogX, most: 4, padding: 0));
        double right = width - Pad - label / 2;
        // A mark on the axis itself would be cut in half.
        double padding = plot.ShowsMarkers ? 0.02 : 0;
        _x = Axis.For(xs, plot.LogX, most: (int)Math.Clamp((right - left) / (label + 28), 1, 10), padding);
        _frame = new Box(Sharp(left), Sharp(top), Math.Round(right - left), Math.Round(bottom - top));
    }

    private double MarkRoom => _plot.Marks.Count > 0 ? MarkSize + 4 : 0;

    private bool HasTitle => !string.IsNullOrWhiteSpace(_plot.Title);

    public void Draw()
    {
        DrawTitles();
        DrawLegend();
        DrawAxes();
        DrawMarks();
        for (int i = 0; i < _plot.Series.Count; i++)
            foreach (var stroke in Strokes(_plot.Series[i]))
            {
                if (_plot.Lines)
                    DrawLine(stroke, i, stroke.Count == 1 ? 3 * LineWidth : LineWidth);
                foreach (var point in _plot.ShowsMarkers ? stroke : [])
                    _canvas.Polyline([point], Ink.ForSeries(i), 3.5 * LineWidth);
            }
        if (_isEmpty)
            _canvas.Text("no data yet", new(_frame.CenterX, _frame.CenterY), new(LabelSize, Opacity: 0.6));
    }

    private void DrawTitles()
    {
        if (HasTitle)
            DrawText(_plot.Title!, _width / 2, Pad + TitleSize * 0.8, new(TitleSize, Bold: true), _width - 2 * Pad);
        double xTitleBaseline = _frame.Bottom + 8 + TickSize + 6 + LabelSize * 0.85;
        if (_plot.XTitle is { } xTitle)
            DrawText(xTitle, _frame.CenterX, xTitleBaseline, new(LabelSize), _frame.Width);
        if (_plot.ShownYTitle is { } yTitle)
            DrawText(yTitle, Pad + LabelSize * 0.8, _frame.CenterY, new(LabelSize, Upwards: true), _frame.Height);
    }

    private void DrawText(string text, double x, double y, TextStyle style, double room) =>
        _canvas.Text(TextFitting.Shorten(text, style.Size, room), new(x, y), style);

    private void DrawLine(IReadOnlyList<Spot> points, int series, double width) =>
        _canvas.Polyline(points, Ink.ForSeries(series), width, Ink.IsRepeated(series));

    private void DrawLegend()
    {
        double y = _frame.Y - 8 - MarkRoom - _legend.Count * LegendRow + LegendRow / 2;
        foreach (var row in _legend)
        {
            double length = row.Sum(e => EntryWidth(e.Name)) - LegendBetween;
            double x = Math.Clamp(_frame.CenterX - length / 2, Pad, _width - Pad - length);
            foreach (var (series, name) in row)
            {
                DrawLine([new(x, y), new(x + LegendLine, y)], series, 1.4 * LineWidth);
                var style = new TextStyle(LabelSize, Anchor.Start);
                _canvas.Text(name, new(x + LegendLine + LegendGap, y + style.HalfCap), style);
                x += EntryWidth(name);
            }
            y += LegendRow;
        }
    }

    private void DrawAxes()
    {
        Ink line = Ink.Text with { Opacity = 0.75 };
        Ink major = Ink.Text with { Opacity = 0.14 }, minor = Ink.Text with { Opacity = 0.06 };
        bool showMinor = _frame.Height / Math.Max(1, _y.Ticks.Count) > 4;
        foreach (var tick in _y.Ticks.Where(tick => showMinor || tick.Label != ""))
        {
            double y = Sharp(Y(tick.Value));
            _canvas.Line(new(_frame.X, y), new(_frame.Right, y), tick.Label == "" ? minor : major, 1);
            var style = new TextStyle(TickSize, Anchor.End);
            if (tick.Label != "")
                _canvas.Text(tick.Label, new(_frame.X - 8, y + style.HalfCap), style);
        }
        foreach (var tick in _x.Ticks)
        {
            double x = Sharp(X(tick.Value));
            if (x > _frame.X)
                _canvas.Line(new(x, _frame.Y), new(x, _frame.Bottom), tick.Label == "" ? minor : major, 1);
            _canvas.Text(tick.Label, new(x, _frame.Bottom + 8 + TickSize * 0.72), new(TickSize));
        }
        Spot corner = new(_frame.X, _frame.Bottom);
        _canvas.Polyline([new(_frame.X, _frame.Y), corner, new(_frame.Right, _frame.Bottom)], line, 1);
    }

    /// <summary>Labels stand above the frame, where no curve is; one that meets the next is left out. On the axis no line is needed.</summary>
    private void DrawMarks()
    {
        var marks = _plot.Marks.Where(m => Axis.CanShow(m.X, _plot.LogX) && _x.Place(m.X) is >= 0 and <= 1).OrderBy(m => m.X).ToList();
        double free = _frame.Right;
        for (int i = marks.Count - 1; i >= 0 && !_isEmpty; i--)
        {
            double x = Sharp(X(marks[i].X));
            if (x > _frame.X + NearAxis)
                _canvas.Polyline([new(x, _frame.Y), new(x, _frame.Bottom)], Ink.Text with { Opacity = 0.4 }, 1, dashed: true);
            var style = new TextStyle(MarkSize, Anchor.Start, Opacity: 0.7);
            double length = StrokeFont.Measure(marks[i].Label, MarkSize), left = Math.Min(x - 2, _frame.Right - length);
            if (left + length > free)
                continue;
            _canvas.Text(marks[i].Label, new(left, _frame.Y - 4), style);
            free = left - MarkGap;
        }
    }

    /// <summary>The lines of a series: it is interrupted where a value cannot be shown.</summary>
    private IEnumerable<List<Spot>> Strokes(PlotSeries series)
    {
        var stroke = new List<Spot>();
        foreach (var point in series.X.Zip(series.Y))
        {
            if (IsShown(point))
                stroke.Add(new(X(point.First), Y(point.Second)));
            else if (stroke.Count > 0)
            {
                yield return LineThinning.Thin(stroke);
                stroke = [];
            }
        }
        if (stroke.Count > 0)
            yield return LineThinning.Thin(stroke);
    }

    private double X(double value) => _frame.X + _x.Place(value) * _frame.Width;

    private double Y(double value) => _frame.Bottom - _y.Place(value) * _frame.Height;

    private bool IsShown((double X, double Y) point) =>
        Axis.CanShow(point.X, _plot.LogX) && Axis.CanShow(point.Y, _plot.LogY);

    private List<List<(int Series, string Name)>> LegendRows(double room)
    {
        var rows = new List<List<(int, string)>>();
        double used = double.PositiveInfinity;
        for (int i = 0; room > 0 && i < _plot.Series.Count; i++)
        {
            string name = TextFitting.Shorten(_plot.Series[i].Name, LabelSize, room - LegendLine - LegendGap - 1);
            if (used + EntryWidth(name) - LegendBetween > room)
            {
                rows.Add([]);
                used = 0;
            }
            rows[^1].Add((i, name));
            used += EntryWidth(name);
        }
        return rows;
    }

    // Steps are counted from 1; an axis from 0 has rounder numbers.
    private static double[] WithZero(double[] xs) =>
        xs.Length > 0 && xs.Min() > 0 && xs.Min() <= 0.1 * xs.Max() ? [0, .. xs] : xs;

    private static double EntryWidth(string name) =>
        LegendLine + LegendGap + StrokeFont.Measure(name, LabelSize) + LegendBetween;

    private static double WidestLabel(Axis axis) =>
        axis.Ticks.Select(t => StrokeFont.Measure(t.Label, TickSize)).DefaultIfEmpty(0).Max();

    // Thin upright and level lines are sharp in the middle of a pixel.
    private static double Sharp(double position) => Math.Floor(position) + 0.5;
}
