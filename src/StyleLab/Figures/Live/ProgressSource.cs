namespace StyleLab.Figures;

/// <summary>Hands views of something that runs to whoever watches: a notebook's display, the command line.</summary>
internal sealed class ProgressSource
{
    private readonly List<IObserver<ProgressView>> _observers = [];
    private ProgressView? _view;
    private bool _completed;

    /// <summary>The latest view.</summary>
    public ProgressView? View => _view;

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched
    {
        get
        {
            lock (_observers)
                return _observers.Count > 0;
        }
    }

    /// <summary>Gives the latest view at once and all later ones, until the subscription is disposed.</summary>
    public IDisposable Subscribe(IObserver<ProgressView> observer)
    {
        lock (_observers)
            _observers.Add(observer);
        if (_view is { } view)
            observer.OnNext(view);
        if (_completed)
            observer.OnCompleted();
        return new Subscription(this, observer);
    }

    public void Send(ProgressView view)
    {
        _view = view;
        foreach (var observer in Observers())
            observer.OnNext(view);
    }

    public void Complete()
    {
        _completed = true;
        foreach (var observer in Observers())
            observer.OnCompleted();
    }

    public void Fail(Exception error)
    {
        foreach (var observer in Observers())
            observer.OnError(error);
    }

    private IObserver<ProgressView>[] Observers()
    {
        lock (_observers)
            return [.. _observers];
    }

    private sealed class Subscription(ProgressSource source, IObserver<ProgressView> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (source._observers)
                source._observers.Remove(observer);
        }
    }
}
