using System.Diagnostics;

namespace StyleLab;

// A run shows its progress to whoever subscribes: a notebook's display, the command line. Subscribing does not start it.
public sealed partial class Synthesis : IObservable<ProgressView>
{
    // Often enough to look alive, seldom enough that encoding previews does not slow the run.
    private static readonly TimeSpan s_betweenViews = TimeSpan.FromSeconds(0.25);

    private readonly List<IObserver<ProgressView>> _observers = [];
    private readonly Stopwatch _sinceView = new();
    private ProgressView? _view;

    /// <summary>Receives a view of the run a few times a second and at its end.</summary>
    /// <returns>Ends the subscription when disposed; the run goes on.</returns>
    public IDisposable Subscribe(IObserver<ProgressView> observer)
    {
        lock (_observers)
            _observers.Add(observer);
        if (_view is { } view)
            observer.OnNext(view);
        if (_result is { IsCompleted: true })
            observer.OnCompleted();
        return new Subscription(this, observer);
    }

    /// <summary>One line: the state of the run.</summary>
    public override string ToString() => _view?.ToString()
        ?? $"A run of {Steps} steps to {Recipe.Passes[^1].Size} that has not begun; await it.";

    private void Publish(SynthesisStep step)
    {
        if (_observers.Count == 0 || (_sinceView.IsRunning && _sinceView.Elapsed < s_betweenViews))
            return;
        _sinceView.Restart();
        Send(View(step.Index, CurrentPicture().Clamp()));
    }

    private void PublishResult(SynthesisResult result)
    {
        Send(View(result.History.Count, result.Picture) with
        {
            Fraction = result.Interrupted ? (double)result.History.Count / Math.Max(1, Steps) : 1,
            Status = result.Interrupted ? "interrupted" : null,
            TimeLeft = null,
        });
        foreach (var observer in Observers())
            observer.OnCompleted();
    }

    private void PublishError(Exception error)
    {
        foreach (var observer in Observers())
            observer.OnError(error);
    }

    private void Send(ProgressView view)
    {
        _view = view;
        foreach (var observer in Observers())
            observer.OnNext(view);
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

    private IObserver<ProgressView>[] Observers()
    {
        lock (_observers)
            return [.. _observers];
    }

    private sealed class Subscription(Synthesis run, IObserver<ProgressView> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (run._observers)
                run._observers.Remove(observer);
        }
    }
}
