using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// A bar that shows how far some work is, updated in place. Display it, then report: <c>var bar = new
/// ProgressBar(100, "Fitting"); display(bar); … bar.Report(7);</c>
/// </summary>
public sealed class ProgressBar : IObservable<MimeBundle>, IProgress<double>
{
    private const int TextWidth = 30;

    private readonly ConcurrentDictionary<IObserver<MimeBundle>, bool> _observers = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double _total;
    private readonly string _title;
    private double _done;
    private bool _hasEnded;

    /// <param name="total">What <see cref="Report"/> says at the end.</param>
    /// <param name="title">What is being done.</param>
    public ProgressBar(double total = 1, string title = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        _total = total;
        _title = title;
    }

    /// <summary>Says how much is done, from 0 to the total.</summary>
    public void Report(double value)
    {
        _done = Math.Clamp(value, 0, _total);
        foreach (var observer in _observers.Keys)
            observer.OnNext(Content());
        if (_done >= _total)
            End();
    }

    /// <summary>Says that one more is done.</summary>
    public void Advance(double by = 1) => Report(_done + by);

    /// <summary>No more will be reported; the bar stays as it is.</summary>
    public void End()
    {
        _hasEnded = true;
        foreach (var observer in _observers.Keys)
            observer.OnCompleted();
    }

    public IDisposable Subscribe(IObserver<MimeBundle> observer)
    {
        observer.OnNext(Content());
        if (_hasEnded)
            observer.OnCompleted();
        else
            _observers[observer] = true;
        return new Subscription(this, observer);
    }

    public override string ToString()
    {
        int filled = (int)(Fraction * TextWidth);
        return $"{_title} [{new string('#', filled)}{new string('.', TextWidth - filled)}] {Status}".TrimStart();
    }

    private double Fraction => _total > 0 ? _done / _total : 1;

    private string Status
    {
        get
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{Fraction:P0} ({_done:0.##} of {_total:0.##}), {Readable(_clock.Elapsed)}");
            bool canTell = Fraction is > 0.01 and < 1;
            return canTell ? $"{text}, {Readable(_clock.Elapsed * ((1 - Fraction) / Fraction))} left" : text;
        }
    }

    private MimeBundle Content() => new()
    {
        {
            MimeTypes.Html,
            string.Create(CultureInfo.InvariantCulture,
                $"<div>{WebUtility.HtmlEncode(_title)} <progress value=\"{_done:0.####}\" max=\"{_total:0.####}\"></progress> {Status}</div>")
        },
        { MimeTypes.PlainText, ToString() },
    };

    private static string Readable(TimeSpan time) =>
        time.TotalHours >= 1 ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private sealed class Subscription(ProgressBar bar, IObserver<MimeBundle> observer) : IDisposable
    {
        public void Dispose() => bar._observers.TryRemove(observer, out _);
    }
}
