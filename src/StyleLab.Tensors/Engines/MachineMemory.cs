namespace StyleLab.Tensors.Engines;

/// <summary>The memory that this machine has left.</summary>
internal static class MachineMemory
{
    // Below this there is no need to ask.
    private const long Small = 256_000_000;

    /// <summary>Asked before memory is taken: systems that promise more than they have would kill the process later.</summary>
    /// <exception cref="InsufficientMemoryException">There is less.</exception>
    public static void Require(long bytes)
    {
        if (bytes < Small)
            return;
        // What other programs use is known since the last collection only.
        GC.Collect(0);
        var memory = GC.GetGCMemoryInfo();
        Require(bytes, memory.TotalAvailableMemoryBytes, memory.MemoryLoadBytes, Environment.WorkingSet);
    }

    /// <param name="bytes">What is needed.</param>
    /// <param name="all">What this process may have.</param>
    /// <param name="used">What all processes of the machine have.</param>
    /// <param name="own">What this process has.</param>
    /// <exception cref="InsufficientMemoryException">There is less.</exception>
    internal static void Require(long bytes, long all, long used, long own)
    {
        // A process that is limited to less than the others have is limited by itself.
        long left = Math.Max(0, all - (used > all ? own : used));
        if (bytes > left)
            throw new InsufficientMemoryException(FormattableString.Invariant(
                $"This needs {bytes / 1e9:F1} GB of memory, and {left / 1e9:F1} GB of {all / 1e9:F1} GB are left; use a smaller picture."));
    }
}
