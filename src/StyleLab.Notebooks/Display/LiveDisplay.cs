using System.Net;

namespace StyleLab.Notebooks;

/// <summary>
/// Shows the latest value an observable pushed, updated in place at most five times a second; the last value is always shown.
/// Values are formatted on a timer's thread, so whoever pushes them is never held up.
/// </summary>
internal sealed class LiveDisplay : IObserver<object?>, IDisposable
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(200);

    // _showing is held while the user's formatter runs and never while one of the user's threads waits for us.
    private readonly Lock _showing = new();
    private readonly Lock _state = new();
    private readonly DisplayedValue _place;
    private readonly Action<LiveDisplay> _ended;
    private readonly Timer _timer;
    private IDisposable? _subscription;
    private MimeBundle? _content;
    private object? _latest;
    private bool _isPending;
    private bool _hasEnded;
    private string? _note;
    private long _lastUpdate;

    /// <param name="place">Where to show it.</param>
    /// <param name="ended">Called when the observable has ended and its last value has been handed over.</param>
    public LiveDisplay(DisplayedValue place, Action<LiveDisplay> ended)
    {
        _place = place;
        _ended = ended;
        _timer = new Timer(_ => ShowLatest());
    }

    public void Start(object observable)
    {
        lock (_showing)
        {
            _subscription = ObservableValue.Subscribe(observable, this);

            // A finished run pushes its last value at once; then that is the first thing to show.
            _content = _place.Format(TakePending(out object? value) ? value : observable);
            _place.ShowFirst(_content);
        }

        ShowLatest();
    }

    public void OnNext(object? value)
    {
        lock (_state)
        {
            _latest = value;
            _isPending = true;
            var wait = BetweenUpdates - TimeSpan.FromMilliseconds(Environment.TickCount64 - _lastUpdate);
            Schedule(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }
    }

    public void OnCompleted() => End(note: null);

    public void OnError(Exception error) => End($"Stopped: {error.Message}");

    /// <summary>Shows what has not been shown yet, now.</summary>
    public void ShowLatest()
    {
        lock (_showing)
        {
            if (_content == null)
                return;
            bool hasEnded = _hasEnded;
            if (TakePending(out object? value))
            {
                _content = _place.Format(value);
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
        lock (_state)
        {
            _note = note;
            _hasEnded = true;
            Schedule(TimeSpan.Zero);
        }
    }

    private bool TakePending(out object? value)
    {
        lock (_state)
        {
            value = _latest;
            bool wasPending = _isPending;
            _isPending = false;
            if (wasPending)
                _lastUpdate = Environment.TickCount64;
            return wasPending;
        }
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
