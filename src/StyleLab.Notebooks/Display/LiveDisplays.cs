namespace StyleLab.Notebooks;

/// <summary>The live displays of a session that still expect values.</summary>
internal sealed class LiveDisplays : IDisposable
{
    private readonly HashSet<LiveDisplay> _running = [];

    /// <summary>Shows an observable and from then on each value it pushes.</summary>
    public void Start(object observable, DisplayedValue place)
    {
        var live = new LiveDisplay(place, Forget);
        lock (_running)
            _running.Add(live);
        live.Start(observable);
    }

    /// <summary>Shows values that were held back; called when a cell ends, so that nobody misses the last one.</summary>
    public async Task ShowLatestAsync()
    {
        foreach (var live in Running())
        {
            live.ShowLatest();
            await live.FlushAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var live in Running())
            live.Dispose();
    }

    private LiveDisplay[] Running()
    {
        lock (_running)
            return [.. _running];
    }

    private void Forget(LiveDisplay live)
    {
        lock (_running)
            _running.Remove(live);
    }
}
