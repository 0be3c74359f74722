using StyleLab.Figures;
using StyleLab.Runs;

namespace StyleLab;

// A run shows its progress to whoever subscribes: a notebook's display, the command line. Subscribing does not start it.
[TypeFormatterSource(typeof(RunFormatters), PreferredMimeTypes = ["text/html"])]
public sealed partial class Synthesis : IObservable<ProgressView>, IWatchedRun
{
    private readonly ProgressSource _progress = new();
    private readonly ViewPace _pace = new();

    /// <summary>Receives a view of the run a few times a second, more seldom later on, and at its end.</summary>
    /// <returns>Ends the subscription when disposed; the run goes on.</returns>
    public IDisposable Subscribe(IObserver<ProgressView> observer) => _progress.Subscribe(observer);

    /// <summary>One line: the state of the run.</summary>
    public override string ToString() => _progress.View?.ToString()
        ?? $"A run of {Steps} steps to {Recipe.Passes[^1].Size} that has not begun; await it.";

    /// <summary>What a display shows until the run sends a view.</summary>
    ProgressView IWatchedRun.LatestView => _progress.View ?? new() { Title = "Synthesis", Steps = Steps };

    private void Publish(SynthesisStep step)
    {
        if (_progress.IsWatched && _pace.IsDue())
            _progress.Send(View(step.Index, CurrentPicture().Clamp()));
    }

    private void PublishResult(SynthesisResult result)
    {
        _progress.Send(View(result.History.Count, result.Picture) with
        {
            Fraction = result.Interrupted ? (double)result.History.Count / Math.Max(1, Steps) : 1,
            Status = result.Interrupted ? "interrupted" : null,
            Loss = result.LossesAtEnd?.Value,
            TimeLeft = null,
        });
        _progress.Complete();
    }

    private ProgressView View(int index, Picture picture)
    {
        var losses = _history.LastOrDefault();
        return new ProgressView
        {
            Title = "Synthesis",
            Status = Recipe.Passes.Count > 1 ? Size.ToString() : null,
            Step = index,
            Steps = Steps,
            Elapsed = Elapsed,
            TimeLeft = TimeLeft(index),
            Loss = losses?.Value,
            Terms = [.. losses?.Parts.Select(p => KeyValuePair.Create(p.Name, p.Value)) ?? []],
            Curves = LossSeries.Of(_history),
            Marks = LossSeries.Marks(_history),
            Preview = picture,
        };
    }

    /// <summary>From the pixels still to be computed and the time the pixels so far have taken.</summary>
    private TimeSpan? TimeLeft(int index)
    {
        double done = 0, all = 0;
        int taken = index, before = _from?.History.Count ?? 0;
        foreach (var pass in Recipe.Passes)
        {
            double pixels = (double)pass.Size.Width * pass.Size.Height;
            int here = Math.Min(taken, pass.Steps), skipped = Math.Min(before, pass.Steps);
            done += (here - skipped) * pixels;
            all += (pass.Steps - skipped) * pixels;
            taken -= here;
            before -= skipped;
        }
        return done > 0 ? _watch.Elapsed * ((all - done) / done) : null;
    }
}
