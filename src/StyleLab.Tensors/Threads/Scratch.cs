using System.Runtime.InteropServices;

namespace StyleLab.Tensors.Threads;

/// <summary>Working memory that operations need while they run, kept and grown between runs, one of each kind a thread.</summary>
internal static unsafe class Scratch
{
    [ThreadStatic] private static Memory t_own;
    [ThreadStatic] private static Memory t_shared;

    /// <summary>For one part of a job. Aligned, finite contents; valid until the next call on this thread.</summary>
    public static float* Take(long floats) => t_own.Grow(floats);

    /// <summary>For the thread that starts a job, shared by all its parts. Valid until the next call on this thread.</summary>
    public static float* TakeShared(long floats) => t_shared.Grow(floats);

    private struct Memory
    {
        private float* _address;
        private long _floats;

        public float* Grow(long floats)
        {
            if (floats > _floats)
            {
                NativeMemoryBlock.Free(_address);
                _address = NativeMemoryBlock.Allocate(floats);
                NativeMemory.Clear(_address, (nuint)(floats * sizeof(float)));
                _floats = floats;
            }
            return _address;
        }
    }
}
