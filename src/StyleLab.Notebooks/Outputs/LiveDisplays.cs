using System.Collections.Concurrent;

namespace StyleLab.Notebooks;

/// <summary>The live displays of a session that still expect values.</summary>
internal sealed class LiveDisplays : IDisposable
{
    private readonly ConcurrentDictionary<LiveDisplay, LiveDisplay> _running = new();

    /// <summary>Shows an observable and from then on each value it pushes.</summary>
    public void Start(object observable, ILivePlace place, StoppableCell cell)
    {
        var live = new LiveDisplay(observable, place, cell, ended => _running.TryRemove(ended, out _));
        _running[live] = live;
        live.Start();
    }

    /// <summary>Calls the public <c>Cancel()</c> of everything that a cell displays live and that still runs.</summary>
    /// <returns>Whether there was any.</returns>
    public bool CancelThoseOf(StoppableCell cell)
    {
        var cancelled = _running.Keys.Where(live => live.Cell == cell).Select(live => live.TryCancel()).ToList();
        return cancelled.Contains(true);
    }

    /// <summary>Shows values that were held back; called when a cell ends, so that nobody misses the last
    /// one.</summary>
    public void ShowLatest()
    {
        foreach (var live in _running.Keys)
        {
            live.ShowLatest();
            live.FlushAsync().Wait();
        }
    }

    public void Dispose()
    {
        foreach (var live in _running.Keys)
            live.Dispose();
    }
}
