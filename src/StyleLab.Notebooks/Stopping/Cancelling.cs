namespace StyleLab.Notebooks;

/// <summary>Fires tokens that code of cells may have registered something on.</summary>
internal static class Cancelling
{
    /// <summary>Fires it on a thread of its own: what is registered may take its time, and may fail.</summary>
    public static void CancelAside(this CancellationTokenSource source) => new Thread(() =>
    {
        try
        {
            source.Cancel();
        }
        catch (Exception failed) when (failed is AggregateException or ObjectDisposedException)
        {
            // What the cell has registered failed, or the cell has ended meanwhile.
        }
    }) { IsBackground = true, Name = "stop" }.Start();
}
