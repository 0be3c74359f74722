namespace StyleLab.Networks.Catalogue;

/// <summary>
/// Shows in a notebook how far a fetch is, by itself and in place, and lets the notebook's stop button end it. Outside
/// of a notebook nothing is shown.
/// </summary>
internal sealed class FetchDisplay : IObservable<FetchProgress>, IProgress<FetchProgress>, IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly List<IObserver<FetchProgress>> _observers = [];
    private FetchProgress? _latest;

    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Called by the notebook when its cell is stopped.</summary>
    public void Cancel() => _cancelled.Cancel();

    public void Report(FetchProgress progress)
    {
        _latest = progress;
        foreach (var observer in Observers())
            observer.OnNext(progress);
    }

    public IDisposable Subscribe(IObserver<FetchProgress> observer)
    {
        lock (_observers)
            _observers.Add(observer);
        if (_latest is { } latest)
            observer.OnNext(latest);
        return new Subscription(this, observer);
    }

    public void Dispose()
    {
        foreach (var observer in Observers())
            observer.OnCompleted();
    }

    /// <summary>The line that is shown before anything is known.</summary>
    public override string ToString() => _latest?.ToString() ?? "fetching";

    /// <summary>
    /// Hands itself to the notebook. Like types that show themselves, this finds the notebook by the names of .NET Interactive,
    /// so that the library needs no reference to it.
    /// </summary>
    public void Show()
    {
        var display = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.IsDynamic ? null : assembly.GetType("Microsoft.DotNet.Interactive.Kernel")?.GetMethod("display", [typeof(object), typeof(string[])]))
            .FirstOrDefault(method => method is { IsStatic: true });
        try
        {
            display?.Invoke(null, [this, Array.Empty<string>()]);
        }
        catch (System.Reflection.TargetInvocationException)
        {
            // There is a notebook, but this is not one of its cells: then nobody is looking.
        }
    }

    private IObserver<FetchProgress>[] Observers()
    {
        lock (_observers)
            return [.. _observers];
    }

    private sealed class Subscription(FetchDisplay display, IObserver<FetchProgress> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (display._observers)
                display._observers.Remove(observer);
        }
    }
}
