using StyleLab.Figures;

namespace StyleLab;

/// <summary>A table of numbers as colours, with a scale beside it: dark is low, bright is high.</summary>
[TypeFormatterSource(typeof(HeatMapFormatters), PreferredMimeTypes = ["image/svg+xml", "image/png", "application/pdf"], OptionalMimeTypes = ["image/jpeg"])]
public sealed partial class HeatMap : Figure
{
    // On a logarithmic scale all below this part of the largest value is shown alike.
    private const double LogRange = 1e-4;
    private const double Pad = 10, TitleSize = 14, TickSize = 11, Gap = 12, BarWidth = 14;

    private readonly double[,] _values;

    /// <summary>Makes a heat map.</summary>
    /// <param name="values">The numbers, [row from the top, column from the left]; what is not finite is shown as the lowest.</param>
    /// <exception cref="StyleLabException">There is no value.</exception>
    public HeatMap(double[,] values)
    {
        if (values.Length == 0)
            throw new StyleLabException("A heat map needs at least one value.");
        _values = values;
    }

    /// <summary>Stands above the map.</summary>
    public string? Title { get; set; }

    /// <summary>Whether equal steps of colour are equal ratios; then only values above 0 have a place.</summary>
    public bool Log { get; set; }

    /// <summary>The value of the darkest colour; from the values if not given. Give maps the same ends to compare them.</summary>
    public double? Low { get; set; }

    /// <summary>The value of the brightest colour; from the values if not given.</summary>
    public double? High { get; set; }

    /// <summary>The longer side of the map in layout units (CSS pixels), 64 to 2048.</summary>
    /// <exception cref="StyleLabException">The size is out of range.</exception>
    public int Side
    {
        get;
        set => field = value is >= 64 and <= 2048
            ? value
            : throw new StyleLabException($"The side of a heat map is 64 to 2048 pixels, not {value}.");
    } = 320;

    private int Rows => _values.GetLength(0);

    private int Columns => _values.GetLength(1);

    private double CellSize => (double)Side / Math.Max(Rows, Columns);

    internal override (double Width, double Height) Size =>
        (Pad + Math.Max(CellSize * Columns, 64) + Gap + BarWidth + 6 + LabelWidth + Pad, Top + Math.Max(CellSize * Rows, 64) + Pad);

    internal override double PreferredScale => 2;

    private protected override string Summary =>
        $"{(string.IsNullOrWhiteSpace(Title) ? "heat map" : Title)}: {Rows}×{Columns} values from {NumberText.Value(Scale().Low)} to {NumberText.Value(Scale().High)}";

    private double Top => Pad + (string.IsNullOrWhiteSpace(Title) ? 0 : TitleSize + 10);

    private double LabelWidth => Scale().Ticks.Select(tick => StrokeFont.Measure(tick.Label, TickSize)).DefaultIfEmpty(0).Max();

    internal override void Draw(ICanvas canvas, double width, double height)
    {
        var scale = Scale();
        var shares = new double[Rows, Columns];
        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column++)
                shares[row, column] = Share(scale, _values[row, column]);
        // Enlarged here and not by the viewer, who would blur one value into the next.
        int pixels = Math.Max(1, (int)Math.Round(2 * CellSize));
        var box = new Box(Pad, Top, CellSize * Columns, CellSize * Rows);
        canvas.Image(ColorRamp.Paint(shares, pixels), box);
        if (!string.IsNullOrWhiteSpace(Title))
            canvas.Text(TextFitting.Shorten(Title, TitleSize, width - 2 * Pad), new(width / 2, Pad + TitleSize * 0.8), new(TitleSize, Bold: true));
        DrawScale(canvas, scale, new Box(Pad + Math.Max(box.Width, 64) + Gap, Top, BarWidth, Math.Max(box.Height, 64)));
    }

    private static void DrawScale(ICanvas canvas, Axis scale, Box bar)
    {
        var shares = new double[256, 1];
        for (int i = 0; i < 256; i++)
            shares[i, 0] = 1 - i / 255.0;
        canvas.Image(ColorRamp.Paint(shares, 1), bar);
        foreach (var tick in scale.Ticks.Where(tick => tick.Label != ""))
        {
            double y = bar.Bottom - scale.Place(tick.Value) * bar.Height;
            var style = new TextStyle(TickSize, Anchor.Start);
            canvas.Text(tick.Label, new(bar.Right + 6, Math.Clamp(y, bar.Y + TickSize / 2, bar.Bottom - TickSize / 2) + style.HalfCap), style);
        }
    }

    private static double Share(Axis scale, double value) =>
        double.IsFinite(value) && (!scale.IsLog || value > 0) ? Math.Clamp(scale.Place(value), 0, 1) : 0;

    private Axis Scale()
    {
        double[] shown = [.. _values.Cast<double>().Where(value => Axis.CanShow(value, Log))];
        double high = High ?? (shown.Length > 0 ? shown.Max() : 1);
        double low = Low ?? (shown.Length > 0 ? shown.Min() : 0);
        if (Log && !Low.HasValue)
            low = Math.Max(low, high * LogRange);
        return Axis.For([low, high], Log, Math.Max(2, Side / 48), padding: 0);
    }
}
