using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>Measures both sides and judges the results against the targets.</summary>
internal sealed class Comparison(string python, Effort effort)
{
    // The reference BLAS reaches about 1 % of the peak, OpenBLAS, MKL and BLIS 10 % and far more.
    private const double SlowestFairBlas = 0.03;

    private const double Megabyte = 1e6;

    private readonly bool _judged = effort == Effort.Full;
    private readonly List<Row> _rows = [];
    private readonly List<string> _notes = [];
    private readonly List<Agreement> _agreements = [];

    public Report Run()
    {
        var machine = Machine.Describe();
        using var files = new SharedFiles();
        Contest large = effort.Contest("vgg19", 512), middle = effort.Contest("vgg19", 256), slim = effort.Contest("vgg19-slim", 256);
        JsonNode ourVersions, versions;
        EvaluationContest ofLarge, ofMiddle, ofSlim;
        using (var ours = Side.StyleLab())
        using (var pyTorch = Side.PyTorch(python))
        {
            ourVersions = ours.Describe();
            versions = pyTorch.Describe();
            RefuseSlowBlas(versions);
            ofLarge = Evaluate(large, 5);
            ofMiddle = Evaluate(middle, 4.5);
            ofSlim = Evaluate(slim, 3);

            EvaluationContest Evaluate(Contest contest, double target)
            {
                Say($"{contest}: agreement, PyTorch's best layout and padding, {effort.Rounds} rounds");
                var result = EvaluationContest.Run(contest, ours, pyTorch, effort, files);
                _agreements.AddRange(result.Agreements);
                _notes.Add($"{contest}: PyTorch is fastest with {result.Best}; StyleLab has {Variant.Ours.Padding} padding.");
                AddTimes($"{contest} evaluation", result.Ours, result.PyTorch, target);
                return result;
            }
        }

        var rates = (Ours: ofSlim.Ours.Select(s => 1 / s), PyTorch: ofSlim.PyTorch.Select(s => 1 / s));
        Add($"{slim} evaluations a second", "1/s", rates.Ours, rates.PyTorch, rates.Ours.Over(rates.PyTorch), "≥ 80/s", rates.Ours.Median >= 80);
        AddOptimisation(middle, ofMiddle.Best, 4, files);
        AddOptimisation(slim, ofSlim.Best, 3, files);
        AddPeakMemory(large, ofLarge.Best, files);
        Add($"{large} managed allocation an evaluation", "bytes", Samples.Of(ofLarge.AllocatedBytes), null, null, "0 bytes", ofLarge.AllocatedBytes == 0);
        AddShareOfPeak(ofLarge);
        AddLargePicture(effort.Contest("vgg19-slim", 2048), ofSlim, files);
        AddLargePicture(effort.Contest("vgg19", 1024), ofLarge, files);
        return new(machine, ourVersions, versions, _judged, _rows, _notes, _agreements);
    }

    private static void RefuseSlowBlas(JsonNode versions)
    {
        double product = (double)versions["productGflops"]! * 1e9, peak = FmaPeak.Measure(Side.Threads);
        if (product < SlowestFairBlas * peak)
            throw new SlowBlasException(FormattableString.Invariant(
                $"""
                PyTorch's matrix products run at {product / 1e9:F1} GFLOP/s, {product / peak:P1} of what this machine can do, because its BLAS
                ({versions["blas"]}) is the plain reference one. Its Gram matrices would take most of the time, and the comparison would
                flatter StyleLab. Install a fast one, on Debian or Ubuntu with
                    apt install libopenblas0-pthread
                """));
    }

    private void AddOptimisation(Contest contest, Variant best, double target, SharedFiles files)
    {
        Say($"{contest}: {effort.Steps} L-BFGS steps, whole processes, {effort.Processes} of each side");
        (int Evaluations, double Loss) ours = default, theirs = default;
        var times = Samples.Interleaved(effort.Processes,
            () => WholeProcess(Side.StyleLab, Variant.Ours, out ours),
            () => WholeProcess(() => Side.PyTorch(python), best, out theirs));
        if (ours.Evaluations != effort.Steps || theirs.Evaluations != effort.Steps)
            throw new StyleLabException($"{effort.Steps} steps were asked for; StyleLab took {ours.Evaluations} evaluations and PyTorch {theirs.Evaluations}.");
        AddTimes($"{contest}, {effort.Steps} L-BFGS steps, whole process", times[0], times[1], target);
        _notes.Add(FormattableString.Invariant(
            $"{contest}, loss after {effort.Steps} steps: {ours.Loss:G4} (StyleLab, {Variant.Ours.Padding} padding), {theirs.Loss:G4} (PyTorch, {best.Padding} padding)."));

        double WholeProcess(Func<Side> start, Variant variant, out (int, double) result)
        {
            long began = Stopwatch.GetTimestamp();
            using (var side = start())
            {
                side.Prepare(contest, variant, files);
                result = side.Optimise(effort.Steps);
            }
            return Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    private void AddPeakMemory(Contest contest, Variant best, SharedFiles files)
    {
        Say($"{contest}: peak memory of fresh processes");
        var ours = FreshProcess(Side.StyleLab, contest, Variant.Ours, files);
        var theirs = FreshProcess(() => Side.PyTorch(python), contest, best, files);
        var ratio = ours.Peak.Over(theirs.Peak);
        Add($"{contest} peak memory", "MB", ours.Peak, theirs.Peak, ratio, "≤ 0.6×", ratio.Median <= 0.6);
    }

    private void AddShareOfPeak(EvaluationContest result)
    {
        var rate = result.FmaPeak.Select(peak => result.Contest.DirectFlops / peak);
        Samples ours = rate.Over(result.Ours).Select(s => 100 * s), theirs = rate.Over(result.PyTorch).Select(s => 100 * s);
        Add($"{result.Contest} direct-equivalent share of the FMA peak", "%", ours, theirs, ours.Over(theirs), "≥ 200 %", ours.Median >= 200);
        _notes.Add(FormattableString.Invariant(
            $"FMA peak on {Side.Threads} threads: {result.FmaPeak.Median / 1e9:F0} GFLOP/s ({result.FmaPeak.Min / 1e9:F0}–{result.FmaPeak.Max / 1e9:F0}); {result.Contest}: {result.Contest.DirectFlops / 1e9:F0} GFLOP an evaluation if computed directly."));
    }

    /// <summary>Memory and growth of time; the smaller contest says what a pixel may take.</summary>
    private void AddLargePicture(Contest contest, EvaluationContest smaller, SharedFiles files)
    {
        Say($"{contest}: memory and time of fresh processes");
        const double largestGrowth = 1.1;
        var ours = FreshProcess(Side.StyleLab, contest, Variant.Ours, files);
        var theirs = FreshProcess(() => Side.PyTorch(python), contest, smaller.Best, files);
        Add($"{contest} peak memory", "MB", ours.Peak, theirs.Peak, ours.Peak.Over(theirs.Peak), "≤ 4,000 MB", ours.Peak.Median <= 4000);
        AddTimes($"{contest} evaluation", ours.Seconds, theirs.Seconds, null);
        Samples perPixel = PerPixel(ours.Seconds, contest), perPixelSmaller = PerPixel(smaller.Ours, smaller.Contest);
        Add($"{contest} time a pixel", "ns", perPixel, PerPixel(theirs.Seconds, contest), null,
            FormattableString.Invariant($"≤ {largestGrowth * perPixelSmaller.Median:F0} ns (1.1 × {smaller.Contest})"),
            perPixel.Median <= largestGrowth * perPixelSmaller.Median);

        static Samples PerPixel(Samples seconds, Contest contest) => seconds.Select(s => s * 1e9 / contest.Pixels);
    }

    /// <summary>A few evaluations in a process that does nothing else.</summary>
    private static (Samples Seconds, Samples Peak) FreshProcess(Func<Side> start, Contest contest, Variant variant, SharedFiles files)
    {
        using var side = start();
        side.Prepare(contest, variant, files);
        side.Evaluate(1);
        var seconds = side.Evaluate(3).Seconds;
        return (new(seconds), Samples.Of(side.PeakMemory / Megabyte));
    }

    private void AddTimes(string name, Samples ours, Samples theirs, double? target)
    {
        double ratio = theirs.Median / ours.Median;
        string? text = target is { } least ? string.Create(CultureInfo.InvariantCulture, $"≥ {least}×") : null;
        Add(name, "s", ours, theirs, theirs.Over(ours), text, target is null ? null : ratio >= target);
    }

    private void Add(string name, string unit, Samples ours, Samples? theirs, Samples? ratio, string? target, bool? met) =>
        _rows.Add(new(name, unit, ours, theirs, ratio, _judged ? target : null, _judged ? met : null));

    private static void Say(string text) => Console.Error.WriteLine(text);
}
