using System.Diagnostics;
using System.Runtime.CompilerServices;
using StyleLab.Figures;
using StyleLab.Runs;

namespace StyleLab;

/// <summary>
/// Several syntheses that belong together, such as the cells of a sweep. It does nothing until it is asked for: <c>await run</c>
/// for the whole, or <c>await foreach</c> for one item after the other. Displayed in a notebook, it shows its progress.
/// It runs once; asking for the result again gives the same one.
/// </summary>
/// <typeparam name="TItem">What comes out one by one.</typeparam>
/// <typeparam name="TResult">What there is at the end.</typeparam>
[TypeFormatterSource(typeof(RunFormatters), PreferredMimeTypes = ["text/html"])]
public abstract class SeriesRun<TItem, TResult> : IObservable<ProgressView>, IAsyncEnumerable<TItem>, IWatchedRun
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Stopwatch _watch = new();
    private readonly Lock _lock = new();
    private readonly Lock _drawing = new();
    private readonly ViewPace _pace = new();
    private readonly List<TItem> _items = [];
    private Task<TResult>? _result;
    private Picture? _sheet;
    private int _drawn;

    private protected SeriesRun() { }

    /// <summary>Ends the run; what is finished is kept.</summary>
    public void Cancel() => _cancelled.Cancel();

    /// <summary>Makes <c>await run</c> give the result.</summary>
    public TaskAwaiter<TResult> GetAwaiter() => RunAsync().GetAwaiter();

    /// <summary>Runs to the end. Cancelling is no error: the result holds what was finished and says so. A notebook's cell that is
    /// interrupted meanwhile cancels, too.</summary>
    /// <exception cref="StyleLabException">A layer does not exist, or results cannot be kept.</exception>
    public Task<TResult> RunAsync(CancellationToken cancellation = default)
    {
        lock (_lock)
            _result ??= Task.Run(async () =>
            {
                await foreach (var _ in Run(cancellation)) { }
                return Finish(reachedEnd: true);
            }, CancellationToken.None);
        RunningCell.End(_result, Cancel);
        return _result;
    }

    /// <summary>Every item as it is finished. Leaving the loop ends the run; <c>await run</c> then gives what there is.</summary>
    /// <exception cref="InvalidOperationException">The run has already begun.</exception>
    public async IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_result is not null)
                throw new InvalidOperationException("This run has already begun; make a new one to see its items one by one.");
            _result = result.Task;
        }
        RunningCell.End(result.Task, Cancel);
        bool reachedEnd = false;
        try
        {
            await foreach (var item in Run(cancellationToken))
                yield return item;
            reachedEnd = true;
        }
        finally
        {
            if (!reachedEnd)
                Cancel();
            result.TrySetResult(Finish(reachedEnd));
        }
    }

    /// <summary>Receives views of the run, a few a second at first and more seldom later on, and at its end.</summary>
    /// <returns>Ends the subscription when disposed; the run goes on.</returns>
    public IDisposable Subscribe(IObserver<ProgressView> observer) => Progress.Subscribe(observer);

    /// <summary>One line: the state of the run.</summary>
    public override string ToString() => Progress.View?.ToString() ?? $"{Title} of {Count} that has not begun; await it.";

    ProgressView IWatchedRun.LatestView => Progress.View ?? new() { Title = Title, Unit = Unit, Steps = Count };

    private protected ProgressSource Progress { get; } = new();

    /// <summary>What is running.</summary>
    private protected abstract string Title { get; }

    /// <summary>What an item is called.</summary>
    private protected abstract string Unit { get; }

    /// <summary>Items in all.</summary>
    private protected abstract int Count { get; }

    /// <summary>Makes the items; ends quietly when cancelled.</summary>
    private protected abstract IAsyncEnumerable<TItem> Items(CancellationToken cancellation);

    /// <summary>The whole of what was finished.</summary>
    private protected abstract TResult Result(IReadOnlyList<TItem> items, bool interrupted);

    /// <summary>The items so far as a figure; null while there are none.</summary>
    private protected abstract Figure? SheetOf(IReadOnlyList<TItem> items);

    /// <summary>Shows the present synthesis of the run, if a view is due.</summary>
    /// <param name="name">Which one it is.</param>
    /// <param name="inner">Its own view.</param>
    /// <param name="begun">Parts of items that are done, in items.</param>
    private protected void Publish(string name, ProgressView inner, double begun)
    {
        if (Progress.IsWatched && _pace.IsDue())
            Progress.Send(View(name, begun) with { Preview = inner.Preview, Loss = inner.Loss, Curves = inner.Curves, Marks = inner.Marks });
    }

    /// <summary>Drawn when a view needs it and something new is finished: with many small items, far more seldom than these are.</summary>
    private Picture? Sheet()
    {
        lock (_drawing)
        {
            TItem[] items;
            lock (_lock)
                items = [.. _items];
            if (Progress.IsWatched && items.Length != _drawn)
            {
                _sheet = SheetOf(items)?.ToPicture(1);
                _drawn = items.Length;
            }
            return _sheet;
        }
    }

    private async IAsyncEnumerable<TItem> Run([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _cancelled.Token);
        _watch.Start();
        var items = Items(linked.Token).GetAsyncEnumerator(CancellationToken.None);
        try
        {
            while (await Next(items))
            {
                lock (_lock)
                    _items.Add(items.Current);
                if (Progress.IsWatched && _pace.IsDue())
                    Progress.Send(View(null, 0));
                yield return items.Current;
            }
        }
        finally
        {
            Cancel();
            await items.DisposeAsync();
        }
    }

    private async Task<bool> Next(IAsyncEnumerator<TItem> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception error)
        {
            Progress.Fail(error);
            throw;
        }
    }

    private TResult Finish(bool reachedEnd)
    {
        _watch.Stop();
        bool interrupted = !reachedEnd || _items.Count < Count;
        Progress.Send(View(interrupted ? "interrupted" : null, 0) with { TimeLeft = null });
        Progress.Complete();
        return Result(_items, interrupted);
    }

    private ProgressView View(string? status, double begun)
    {
        int done;
        lock (_lock)
            done = _items.Count;
        double fraction = (done + Math.Clamp(begun, 0, Count - done)) / Math.Max(1, Count);
        return new()
        {
            Title = Title,
            Unit = Unit,
            Step = done,
            Steps = Count,
            Status = status,
            Fraction = fraction,
            Elapsed = _watch.Elapsed,
            TimeLeft = fraction > 0 ? _watch.Elapsed * ((1 - fraction) / fraction) : null,
            Sheet = Sheet(),
        };
    }
}
