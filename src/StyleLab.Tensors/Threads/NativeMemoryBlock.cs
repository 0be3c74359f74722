using System.Runtime.InteropServices;

namespace StyleLab.Tensors.Threads;

/// <summary>Memory outside the managed heap, for tensors and filters.</summary>
internal static unsafe partial class NativeMemoryBlock
{
    private const nuint PageBytes = 4096, LargePageBytes = 2 << 20;

    // From this size on, a few large pages cover what would take thousands of small ones: the address translation of the
    // processor holds only so many, and feature maps are read along several rows at once.
    private const nuint LargeBlock = 2 * LargePageBytes;

    private const int AdviseLargePages = 14;

    /// <summary>Aligned memory, contents undefined, on large pages where the system offers them.</summary>
    /// <exception cref="OutOfMemoryException">There is not that much.</exception>
    public static float* Allocate(long floats)
    {
        nuint bytes = (nuint)Math.Max(floats, 1) * sizeof(float);
        if (bytes < LargeBlock)
            return (float*)NativeMemory.AlignedAlloc(bytes, PageBytes);
        void* address = NativeMemory.AlignedAlloc(bytes, LargePageBytes);
        if (OperatingSystem.IsLinux())
            AskForLargePages(address, bytes / LargePageBytes * LargePageBytes);
        return (float*)address;
    }

    /// <summary>Gives it back.</summary>
    public static void Free(void* address) => NativeMemory.AlignedFree(address);

    /// <summary>Advice only: where it is not taken, nothing changes but the speed.</summary>
    private static void AskForLargePages(void* address, nuint bytes)
    {
        try
        {
            _ = Advise(address, bytes, AdviseLargePages);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint bytes, int advice);
}
