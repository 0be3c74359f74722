namespace StyleLab.Figures;

/// <summary>A tick of an axis; without a label it is a minor one.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>One direction of a plot: a range of values, linear or logarithmic, and where its ticks are.</summary>
internal sealed record Axis(double Low, double High, bool IsLog, IReadOnlyList<Tick> Ticks)
{
    // Beyond this a range overflows when it is subtracted or padded.
    private const double Largest = 1e250;

    /// <summary>Whether a value can be shown at all.</summary>
    public static bool CanShow(double value, bool isLog) =>
        double.IsFinite(value) && Math.Abs(value) < Largest && (!isLog || value >= 1 / Largest);

    /// <summary>Where a value lies between the ends: 0 at the low end, 1 at the high end.</summary>
    public double Place(double value) => IsLog
        ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
        : (value - Low) / (High - Low);

    /// <summary>An axis for values that can all be shown.</summary>
    /// <param name="values">The data.</param>
    /// <param name="isLog">Equal steps for equal ratios.</param>
    /// <param name="most">The largest number of labels there is room for.</param>
    /// <param name="padding">Room beyond the data at both ends, as a share of the range.</param>
    public static Axis For(IReadOnlyCollection<double> values, bool isLog, int most, double padding)
    {
        if (values.Count == 0)
            return new(isLog ? 0.1 : 0, isLog ? 10 : 1, isLog, []);
        double low = values.Min(), high = values.Max();
        if (isLog)
        {
            double room = high > low ? Math.Pow(10, (Math.Log10(high) - Math.Log10(low)) * padding) : 1.5;
            return new(low / room, high * room, true, LogTicks(low / room, high * room, most));
        }
        double pad = high > low ? (high - low) * padding : Math.Max(Math.Abs(low) * 0.5, 0.5);
        double leastStep = values.All(double.IsInteger) ? 1 : 0;
        return new(low - pad, high + pad, false, LinearTicks(low - pad, high + pad, most, leastStep));
    }

    /// <summary>Ticks at 1, 2 or 5 times a power of ten; counted things have no half steps.</summary>
    private static Tick[] LinearTicks(double low, double high, int most, double leastStep)
    {
        double rough = Math.Max(leastStep, (high - low) / Math.Max(1, most));
        double power = Math.Pow(10, NumberText.Power(rough));
        double step = power * (rough <= power * 1.0001 ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        long first = (long)Math.Ceiling(low / step - 1e-9), last = (long)Math.Floor(high / step + 1e-9);
        double[] values = [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
        string[] labels = values.Length == 0 ? [] : NumberText.Ticks(values, step);
        return [.. values.Zip(labels, (value, label) => new Tick(value, label))];
    }

    /// <summary>Ticks at powers of ten; where there are fewer than two, at 1, 2, 5; on short ranges like a linear axis.</summary>
    private static Tick[] LogTicks(double low, double high, int most)
    {
        int first = (int)Math.Ceiling(Math.Log10(low) - 1e-9), last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        if (last - first >= 1)
        {
            int stride = (last - first) / (most + 1) + 1;
            bool plain = first >= -3 && last <= 4;
            var ticks =
                from power in Enumerable.Range(first - 1, last - first + 2)
                let label = power % stride != 0 ? "" : plain ? NumberText.Value(Math.Pow(10, power)) : NumberText.PowerOfTen(power)
                from digit in Enumerable.Range(1, 9)
                select new Tick(digit * Math.Pow(10, power), digit == 1 ? label : "");
            // Minor ticks only help while they are apart.
            bool showMinor = last - first <= 4;
            return [.. ticks.Where(tick => (showMinor || tick.Label != "") &&
                tick.Value >= low * 0.999999 && tick.Value <= high * 1.000001)];
        }
        var few = Enumerable.Range(first - 1, 3)
            .SelectMany(power => new[] { 1, 2, 5 }.Select(digit => digit * Math.Pow(10, power)))
            .Where(v => v >= low && v <= high).ToArray();
        return few.Length >= 3
            ? [.. few.Select(v => new Tick(v, NumberText.Value(v)))]
            : LinearTicks(low, high, most, leastStep: 0);
    }
}
