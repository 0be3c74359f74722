namespace StyleLab.Runs;

/// <summary>
/// Holds the checkpoint of a result. L-BFGS remembers up to forty pictures, so a notebook with a hundred results would fill the machine:
/// of finished runs the oldest are forgotten when all together take more than a gigabyte. Interrupted runs are never forgotten.
/// </summary>
internal sealed class RunMemory
{
    private const long MostBytes = 1L << 30;

    private static readonly LinkedList<WeakReference<RunMemory>> s_finished = [];

    private readonly long _bytes;

    public RunMemory(Checkpoint checkpoint)
    {
        Checkpoint = checkpoint;
        _bytes = sizeof(float) * checkpoint.Optimizer.Vectors.Values.Sum(v => v.LongLength);
        if (checkpoint.Interrupted)
            return;
        lock (s_finished)
        {
            s_finished.AddLast(new WeakReference<RunMemory>(this));
            Forget(MostBytes);
        }
    }

    /// <summary>The checkpoint; null once forgotten.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>Forgets the oldest finished runs until the rest takes no more than so many bytes.</summary>
    internal static void Forget(long most)
    {
        lock (s_finished)
        {
            long sum = 0;
            for (var node = s_finished.Last; node is not null;)
            {
                var older = node.Previous;
                bool isThere = node.Value.TryGetTarget(out var memory);
                sum += memory?._bytes ?? 0;
                if (!isThere || sum > most)
                {
                    if (memory is not null)
                        memory.Checkpoint = null;
                    s_finished.Remove(node);
                }
                node = older;
            }
        }
    }
}
