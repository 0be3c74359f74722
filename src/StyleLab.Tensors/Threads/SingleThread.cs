namespace StyleLab.Tensors.Threads;

/// <summary>
/// Plans that run side by side on threads of their own: small ones get more done that way than one after the other on all
/// threads, because no thread waits for another. The bits are the same.
/// </summary>
public static class SingleThread
{
    [ThreadStatic] private static int t_depth;

    /// <summary>How many plans can run side by side: the threads of the worker pool.</summary>
    public static int Places => WorkerPool.Shared.Threads;

    /// <summary>True while this thread computes without help from others.</summary>
    internal static bool IsOn => t_depth > 0;

    /// <summary>From here to <see cref="End"/> this thread computes without help from others.</summary>
    public static void Begin() => t_depth++;

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public static void End() => t_depth--;
}
