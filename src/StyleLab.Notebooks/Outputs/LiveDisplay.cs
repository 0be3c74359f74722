using System.Net;

namespace StyleLab.Notebooks;

/// <summary>
/// Shows the latest value an observable pushed, updated in place at most five times a second; the last value is always
/// shown. Values are formatted on a timer's thread, so whoever pushes them is never held up.
/// </summary>
internal sealed class LiveDisplay : IObserver<object?>, IDisposable
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(200);

    // Held while the user's formatter runs, and so never taken on one of the user's threads.
    private readonly Lock _showing = new();
    private readonly object _observable;
    private readonly ILivePlace _place;
    private readonly Action<LiveDisplay> _ended;
    private readonly Timer _timer;
    private IDisposable? _subscription;
    private volatile MimeBundle? _content;
    private volatile object? _latest;
    private bool _isPending;
    private volatile bool _hasEnded;
    private string? _note;
    private long _lastUpdate;

    /// <param name="observable">What to show.</param>
    /// <param name="place">Where to show it.</param>
    /// <param name="cell">The cell that shows it.</param>
    /// <param name="ended">Called when the observable has ended and its last value has been handed over.</param>
    public LiveDisplay(object observable, ILivePlace place, StoppableCell cell, Action<LiveDisplay> ended)
    {
        _observable = observable;
        Cell = cell;
        _place = place;
        _ended = ended;
        _timer = new Timer(_ => ShowLatest());
    }

    public StoppableCell Cell { get; }

    /// <summary>
    /// To be called on the cell's thread; takes no lock there, because a cell that is stopped might never give it back.
    /// </summary>
    public void Start()
    {
        _subscription = ObservableValue.Subscribe(_observable, this);

        // A finished run pushes its last value at once; then that is the first thing to show.
        var content = _place.Format(Interlocked.Exchange(ref _isPending, false) ? _latest : _observable);
        _place.ShowFirst(content);
        _content = content;
        Schedule(TimeSpan.Zero);
    }

    public void OnNext(object? value)
    {
        _latest = value;
        _isPending = true;
        var wait = BetweenUpdates - TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _lastUpdate));
        Schedule(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    public void OnCompleted() => End(note: null);

    public void OnError(Exception error) => End($"Stopped: {error.Message}");

    /// <summary>Asks the observable to end by its public <c>Cancel()</c>, if it has one, without waiting.</summary>
    public bool TryCancel()
    {
        if (_hasEnded || _observable.GetType().GetMethod("Cancel", Type.EmptyTypes) is not { IsStatic: false } cancel)
            return false;
        Task.Factory.StartNew(() => cancel.Invoke(_observable, null), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .ContinueWith(failed => _ = failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
        return true;
    }

    /// <summary>Shows what has not been shown yet, now.</summary>
    public void ShowLatest()
    {
        lock (_showing)
        {
            if (_content == null)
                return;
            bool hasEnded = _hasEnded;
            if (Interlocked.Exchange(ref _isPending, false))
            {
                Volatile.Write(ref _lastUpdate, Environment.TickCount64);
                _content = _place.Format(_latest);
                _place.Update(_content);
            }

            if (!hasEnded)
                return;
            if (_note != null)
                _place.Update(WithNote(_content, _note));
            _content = null;
        }

        Dispose();
        _ = _place.FlushAsync().ContinueWith(_ => _ended(this), TaskScheduler.Default);
    }

    public Task FlushAsync() => _place.FlushAsync();

    public void Dispose()
    {
        _timer.Dispose();
        _subscription?.Dispose();
    }

    private void End(string? note)
    {
        _note = note;
        _hasEnded = true;
        Schedule(TimeSpan.Zero);
    }

    private void Schedule(TimeSpan wait)
    {
        try
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The session is over while the observable still pushes; nobody is left to see it.
        }
    }

    private static MimeBundle WithNote(MimeBundle content, string note)
    {
        var noted = new MimeBundle();
        foreach (var (mimeType, text) in content)
            noted.Add(mimeType, text);
        noted.Add(MimeTypes.PlainText, $"{content[MimeTypes.PlainText]}\n{note}".TrimStart('\n'));

        // A browser shows the richest type, so the note must stand there too.
        noted.Add(MimeTypes.Html, $"{NestedHtml.Of(content)}<div>{WebUtility.HtmlEncode(note)}</div>");
        return noted;
    }
}
