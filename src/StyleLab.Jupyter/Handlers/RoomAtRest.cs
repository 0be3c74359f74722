namespace StyleLab.Jupyter.Handlers;

/// <summary>Gives back to the system what many cells have left in memory, once the kernel has had nothing to do for two seconds.</summary>
internal sealed class RoomAtRest
{
    private const int WorthIt = 100;

    // All threads wait until everything is moved together: some hundredths of a second, but long where there are many pictures.
    private const long MostToMove = 256 << 20;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly Timer _rested;
    private int _cells;

    /// <param name="isBusy">Whether cells run or wait.</param>
    public RoomAtRest(Func<bool> isBusy) => _rested = new Timer(_ =>
    {
        if (isBusy() || GC.GetTotalMemory(forceFullCollection: false) > MostToMove)
            return;
        Volatile.Write(ref _cells, 0);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    });

    /// <summary>A cell has ended.</summary>
    public void Count()
    {
        if (Interlocked.Increment(ref _cells) >= WorthIt)
            _rested.Change(Rest, Timeout.InfiniteTimeSpan);
    }
}
