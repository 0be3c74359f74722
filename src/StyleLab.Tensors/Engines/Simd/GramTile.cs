using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Adds products of channels of two blocks over neighbouring positions: sums[i·16 + j] += rows[i] · columns[j]. Sums stay in
/// registers over all positions. Memory that will be read later is fetched into the second-level cache meanwhile, a few bytes
/// a position: evenly, since only so many fetches can be under way at once.
/// </summary>
internal static unsafe class GramTile
{
    /// <summary>Accumulators a and b of row i hold channel i of the first block times the lower and upper 8 of the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FourRows(float* rows, float* columns, int count, float* sums)
    {
        Vector256<float> a0 = Vector256.Load(sums + 0 * Storage.Block), b0 = Vector256.Load(sums + 0 * Storage.Block + 8);
        Vector256<float> a1 = Vector256.Load(sums + 1 * Storage.Block), b1 = Vector256.Load(sums + 1 * Storage.Block + 8);
        Vector256<float> a2 = Vector256.Load(sums + 2 * Storage.Block), b2 = Vector256.Load(sums + 2 * Storage.Block + 8);
        Vector256<float> a3 = Vector256.Load(sums + 3 * Storage.Block), b3 = Vector256.Load(sums + 3 * Storage.Block + 8);
        for (int i = 0; i < count; i++, rows += Storage.Block, columns += Storage.Block)
        {
            var low = Vector256.Load(columns);
            var high = Vector256.Load(columns + 8);
            var row = Vector256.Create(rows[0]);
            a0 = Vector256.MultiplyAddEstimate(row, low, a0);
            b0 = Vector256.MultiplyAddEstimate(row, high, b0);
            row = Vector256.Create(rows[1]);
            a1 = Vector256.MultiplyAddEstimate(row, low, a1);
            b1 = Vector256.MultiplyAddEstimate(row, high, b1);
            row = Vector256.Create(rows[2]);
            a2 = Vector256.MultiplyAddEstimate(row, low, a2);
            b2 = Vector256.MultiplyAddEstimate(row, high, b2);
            row = Vector256.Create(rows[3]);
            a3 = Vector256.MultiplyAddEstimate(row, low, a3);
            b3 = Vector256.MultiplyAddEstimate(row, high, b3);
        }
        a0.Store(sums);
        b0.Store(sums + 8);
        a1.Store(sums + Storage.Block);
        b1.Store(sums + Storage.Block + 8);
        a2.Store(sums + 2 * Storage.Block);
        b2.Store(sums + 2 * Storage.Block + 8);
        a3.Store(sums + 3 * Storage.Block);
        b3.Store(sums + 3 * Storage.Block + 8);
    }

    /// <summary>Accumulator i holds channel i of the first block times all 16 of the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EightRows(float* rows, float* columns, int count, float* sums, byte* ahead, int aheadBytes)
    {
        var s0 = Vector512.Load(sums + 0 * Storage.Block);
        var s1 = Vector512.Load(sums + 1 * Storage.Block);
        var s2 = Vector512.Load(sums + 2 * Storage.Block);
        var s3 = Vector512.Load(sums + 3 * Storage.Block);
        var s4 = Vector512.Load(sums + 4 * Storage.Block);
        var s5 = Vector512.Load(sums + 5 * Storage.Block);
        var s6 = Vector512.Load(sums + 6 * Storage.Block);
        var s7 = Vector512.Load(sums + 7 * Storage.Block);
        for (int i = 0; i < count; i++, rows += Storage.Block, columns += Storage.Block, ahead += aheadBytes)
        {
            Sse.Prefetch1(ahead);
            var v = Vector512.Load(columns);
            s0 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[0]), v, s0);
            s1 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[1]), v, s1);
            s2 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[2]), v, s2);
            s3 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[3]), v, s3);
            s4 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[4]), v, s4);
            s5 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[5]), v, s5);
            s6 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[6]), v, s6);
            s7 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[7]), v, s7);
        }
        s0.Store(sums + 0 * Storage.Block);
        s1.Store(sums + 1 * Storage.Block);
        s2.Store(sums + 2 * Storage.Block);
        s3.Store(sums + 3 * Storage.Block);
        s4.Store(sums + 4 * Storage.Block);
        s5.Store(sums + 5 * Storage.Block);
        s6.Store(sums + 6 * Storage.Block);
        s7.Store(sums + 7 * Storage.Block);
    }

    /// <summary>
    /// Accumulators a and b of row i hold channel i of the first block times all 16 of the second and of the third, which
    /// lies behind the second: half the loads for each multiply-add.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EightRowsTwice(
        float* rows, float* columns, long nextColumns, int count, float* sums, long nextSums, byte* ahead, int aheadBytes)
    {
        Vector512<float> a0 = Vector512.Load(sums + 0 * Storage.Block), b0 = Vector512.Load(sums + nextSums + 0 * Storage.Block);
        Vector512<float> a1 = Vector512.Load(sums + 1 * Storage.Block), b1 = Vector512.Load(sums + nextSums + 1 * Storage.Block);
        Vector512<float> a2 = Vector512.Load(sums + 2 * Storage.Block), b2 = Vector512.Load(sums + nextSums + 2 * Storage.Block);
        Vector512<float> a3 = Vector512.Load(sums + 3 * Storage.Block), b3 = Vector512.Load(sums + nextSums + 3 * Storage.Block);
        Vector512<float> a4 = Vector512.Load(sums + 4 * Storage.Block), b4 = Vector512.Load(sums + nextSums + 4 * Storage.Block);
        Vector512<float> a5 = Vector512.Load(sums + 5 * Storage.Block), b5 = Vector512.Load(sums + nextSums + 5 * Storage.Block);
        Vector512<float> a6 = Vector512.Load(sums + 6 * Storage.Block), b6 = Vector512.Load(sums + nextSums + 6 * Storage.Block);
        Vector512<float> a7 = Vector512.Load(sums + 7 * Storage.Block), b7 = Vector512.Load(sums + nextSums + 7 * Storage.Block);
        for (int i = 0; i < count; i++, rows += Storage.Block, columns += Storage.Block, ahead += aheadBytes)
        {
            Sse.Prefetch1(ahead);
            var va = Vector512.Load(columns);
            var vb = Vector512.Load(columns + nextColumns);
            Vector512<float> row;
            row = Vector512.Create(rows[0]); a0 = Vector512.MultiplyAddEstimate(row, va, a0); b0 = Vector512.MultiplyAddEstimate(row, vb, b0);
            row = Vector512.Create(rows[1]); a1 = Vector512.MultiplyAddEstimate(row, va, a1); b1 = Vector512.MultiplyAddEstimate(row, vb, b1);
            row = Vector512.Create(rows[2]); a2 = Vector512.MultiplyAddEstimate(row, va, a2); b2 = Vector512.MultiplyAddEstimate(row, vb, b2);
            row = Vector512.Create(rows[3]); a3 = Vector512.MultiplyAddEstimate(row, va, a3); b3 = Vector512.MultiplyAddEstimate(row, vb, b3);
            row = Vector512.Create(rows[4]); a4 = Vector512.MultiplyAddEstimate(row, va, a4); b4 = Vector512.MultiplyAddEstimate(row, vb, b4);
            row = Vector512.Create(rows[5]); a5 = Vector512.MultiplyAddEstimate(row, va, a5); b5 = Vector512.MultiplyAddEstimate(row, vb, b5);
            row = Vector512.Create(rows[6]); a6 = Vector512.MultiplyAddEstimate(row, va, a6); b6 = Vector512.MultiplyAddEstimate(row, vb, b6);
            row = Vector512.Create(rows[7]); a7 = Vector512.MultiplyAddEstimate(row, va, a7); b7 = Vector512.MultiplyAddEstimate(row, vb, b7);
        }
        a0.Store(sums + 0 * Storage.Block); b0.Store(sums + nextSums + 0 * Storage.Block);
        a1.Store(sums + 1 * Storage.Block); b1.Store(sums + nextSums + 1 * Storage.Block);
        a2.Store(sums + 2 * Storage.Block); b2.Store(sums + nextSums + 2 * Storage.Block);
        a3.Store(sums + 3 * Storage.Block); b3.Store(sums + nextSums + 3 * Storage.Block);
        a4.Store(sums + 4 * Storage.Block); b4.Store(sums + nextSums + 4 * Storage.Block);
        a5.Store(sums + 5 * Storage.Block); b5.Store(sums + nextSums + 5 * Storage.Block);
        a6.Store(sums + 6 * Storage.Block); b6.Store(sums + nextSums + 6 * Storage.Block);
        a7.Store(sums + 7 * Storage.Block); b7.Store(sums + nextSums + 7 * Storage.Block);
    }
}
