using System.Globalization;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>A moment of a run, made to be shown and replaced by the next: progress bar, preview, losses.</summary>
[TypeFormatterSource(typeof(ProgressFormatters), PreferredMimeTypes = ["text/html"])]
public sealed record ProgressView
{
    /// <summary>What is running, such as “style transfer”.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is doing now, such as “128×96, the first of 2 sizes”; shown after the step.</summary>
    public string? Status { get; init; }

    /// <summary>What a step is called: a run takes steps, a sweep cells, a drift rounds.</summary>
    public string Unit { get; init; } = "step";

    /// <summary>Steps done, from 0.</summary>
    public int Step { get; init; }

    /// <summary>Steps in all; 0 while that is not known.</summary>
    public int Steps { get; init; }

    /// <summary>The part done, 0..1; from the steps unless it is given.</summary>
    public double Fraction
    {
        get => double.IsFinite(field) ? Math.Clamp(field, 0, 1) : Steps > 0 ? Math.Clamp((double)Step / Steps, 0, 1) : 0;
        init;
    } = double.NaN;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The expected time to the end, once there is an estimate.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>The total loss now.</summary>
    public double? Loss { get; init; }

    /// <summary>The named terms of the loss now.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Terms { get; init; } = [];

    /// <summary>The loss curves so far. They are read when the view is shown: give lists that no longer change.</summary>
    public IReadOnlyList<PlotSeries> Curves { get; init; } = [];

    /// <summary>Places on the curves that mean something, such as where a larger size began.</summary>
    public IReadOnlyList<PlotMark> Marks { get; init; } = [];

    /// <summary>The picture now.</summary>
    public Picture? Preview { get; init; }

    /// <summary>What has been finished so far, as a contact sheet; shown below, as wide as the page allows.</summary>
    public Picture? Sheet { get; init; }

    /// <summary>Whether the run is over.</summary>
    public bool IsDone => Fraction >= 1;

    /// <summary>A self-contained piece of HTML without scripts, for light and dark pages, under about 150 KB.</summary>
    public string ToHtml() => ProgressHtml.Write(this);

    /// <summary>One line, such as “step 120/300 · loss 0.0123 · 14 s left”.</summary>
    public override string ToString() => string.Join(" · ", Facts);

    /// <summary>Where the run is, without how well and how long.</summary>
    internal string Place
    {
        get
        {
            string step = string.Create(CultureInfo.InvariantCulture, $"{Unit} {Step}") + (Steps > 0 ? string.Create(CultureInfo.InvariantCulture, $"/{Steps}") : "");
            return string.IsNullOrWhiteSpace(Status) ? step : $"{step} · {Status}";
        }
    }

    internal IEnumerable<string> Facts
    {
        get
        {
            yield return Place;
            if (Loss is { } loss)
                yield return "loss " + NumberText.Value(loss, 3);
            if (IsDone)
                yield return "done in " + Duration(Elapsed);
            else if (TimeLeft is { } left)
                yield return Duration(left) + " left";
            else if (Elapsed > TimeSpan.Zero)
                yield return Duration(Elapsed) + " so far";
        }
    }

    internal static string Duration(TimeSpan time)
    {
        long seconds = Math.Max(0, (long)Math.Round(time.TotalSeconds));
        return seconds switch
        {
            < 60 => $"{seconds} s",
            < 3600 when seconds % 60 == 0 => $"{seconds / 60} min",
            < 3600 => $"{seconds / 60} min {seconds % 60} s",
            _ => $"{seconds / 3600} h {seconds / 60 % 60} min",
        };
    }
}
