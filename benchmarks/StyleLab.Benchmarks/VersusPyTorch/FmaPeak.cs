using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>
/// The most multiply-adds the processor can do: a loop on registers alone, with more independent sums than two ports of
/// four cycles' latency need. Every sum counts the iterations exactly, so a loop that was left out or shortened is noticed.
/// </summary>
internal static class FmaPeak
{
    // A power of two below 2²⁴: counting in float stays exact, also when the sums are added up.
    private const int Iterations = 1 << 20;

    private const int Repetitions = 8, Sums = 12;

    private static readonly int s_lanes = Avx512F.IsSupported ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <summary>Floating-point operations a second on the given number of threads at once, two for each multiply-add.</summary>
    public static double Measure(int threads)
    {
        using var ready = new Barrier(threads + 1);
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            Count();
            ready.SignalAndWait();
            for (int i = 0; i < Repetitions; i++)
                Count();
            ready.SignalAndWait();
        })).ToList();
        workers.ForEach(w => w.Start());
        ready.SignalAndWait();
        long start = Stopwatch.GetTimestamp();
        ready.SignalAndWait();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return 2.0 * s_lanes * Sums * Iterations * Repetitions * threads / seconds;
    }

    private static void Count()
    {
        bool exact = s_lanes switch
        {
            16 => Count512(1, Iterations) == Vector512.Create((float)Sums * Iterations),
            8 => Count256(1, Iterations) == Vector256.Create((float)Sums * Iterations),
            _ => Count128(1, Iterations) == Vector128.Create((float)Sums * Iterations),
        };
        if (!exact)
            throw new InvalidOperationException("The multiply-add loop did not count to its number of iterations; the peak would be wrong.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Count512(float one, int iterations)
    {
        var v = Vector512.Create(one);
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default;
        Vector512<float> g = default, h = default, i = default, j = default, k = default, l = default;
        for (int n = 0; n < iterations; n++)
        {
            a = Vector512.FusedMultiplyAdd(v, v, a); b = Vector512.FusedMultiplyAdd(v, v, b); c = Vector512.FusedMultiplyAdd(v, v, c);
            d = Vector512.FusedMultiplyAdd(v, v, d); e = Vector512.FusedMultiplyAdd(v, v, e); f = Vector512.FusedMultiplyAdd(v, v, f);
            g = Vector512.FusedMultiplyAdd(v, v, g); h = Vector512.FusedMultiplyAdd(v, v, h); i = Vector512.FusedMultiplyAdd(v, v, i);
            j = Vector512.FusedMultiplyAdd(v, v, j); k = Vector512.FusedMultiplyAdd(v, v, k); l = Vector512.FusedMultiplyAdd(v, v, l);
        }
        return a + b + c + d + e + f + (g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Count256(float one, int iterations)
    {
        var v = Vector256.Create(one);
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default;
        Vector256<float> g = default, h = default, i = default, j = default, k = default, l = default;
        for (int n = 0; n < iterations; n++)
        {
            a = Vector256.FusedMultiplyAdd(v, v, a); b = Vector256.FusedMultiplyAdd(v, v, b); c = Vector256.FusedMultiplyAdd(v, v, c);
            d = Vector256.FusedMultiplyAdd(v, v, d); e = Vector256.FusedMultiplyAdd(v, v, e); f = Vector256.FusedMultiplyAdd(v, v, f);
            g = Vector256.FusedMultiplyAdd(v, v, g); h = Vector256.FusedMultiplyAdd(v, v, h); i = Vector256.FusedMultiplyAdd(v, v, i);
            j = Vector256.FusedMultiplyAdd(v, v, j); k = Vector256.FusedMultiplyAdd(v, v, k); l = Vector256.FusedMultiplyAdd(v, v, l);
        }
        return a + b + c + d + e + f + (g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<float> Count128(float one, int iterations)
    {
        var v = Vector128.Create(one);
        Vector128<float> a = default, b = default, c = default, d = default, e = default, f = default;
        Vector128<float> g = default, h = default, i = default, j = default, k = default, l = default;
        for (int n = 0; n < iterations; n++)
        {
            a = Vector128.FusedMultiplyAdd(v, v, a); b = Vector128.FusedMultiplyAdd(v, v, b); c = Vector128.FusedMultiplyAdd(v, v, c);
            d = Vector128.FusedMultiplyAdd(v, v, d); e = Vector128.FusedMultiplyAdd(v, v, e); f = Vector128.FusedMultiplyAdd(v, v, f);
            g = Vector128.FusedMultiplyAdd(v, v, g); h = Vector128.FusedMultiplyAdd(v, v, h); i = Vector128.FusedMultiplyAdd(v, v, i);
            j = Vector128.FusedMultiplyAdd(v, v, j); k = Vector128.FusedMultiplyAdd(v, v, k); l = Vector128.FusedMultiplyAdd(v, v, l);
        }
        return a + b + c + d + e + f + (g + h + i + j + k + l);
    }
}
