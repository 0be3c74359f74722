using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>Rows of a matrix laid down as columns.</summary>
internal static unsafe class Transposition
{
    /// <param name="source">rows × columns values.</param>
    /// <param name="rows">A multiple of 8.</param>
    /// <param name="columns">A multiple of 8.</param>
    /// <param name="target">Receives columns × rows values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of(float* source, int rows, int columns, float* target)
    {
        for (int row = 0; row < rows; row += 8)
            for (int column = 0; column < columns; column += Avx.IsSupported ? 4 : 1)
                if (Avx.IsSupported)
                    FourColumns(source + row * columns + column, columns, target + column * rows + row, rows);
                else
                    for (int i = 0; i < 8; i++)
                        target[column * rows + row + i] = source[(row + i) * columns + column];
    }

    /// <summary>Eight rows of four columns. Lanes 0 to 3 belong to the first four rows, lanes 4 to 7 to the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(float* source, int stride, float* target, int targetStride)
    {
        var r0 = Vector256.Create(Vector128.Load(source), Vector128.Load(source + 4 * stride));
        var r1 = Vector256.Create(Vector128.Load(source + stride), Vector128.Load(source + 5 * stride));
        var r2 = Vector256.Create(Vector128.Load(source + 2 * stride), Vector128.Load(source + 6 * stride));
        var r3 = Vector256.Create(Vector128.Load(source + 3 * stride), Vector128.Load(source + 7 * stride));
        var low01 = Avx.UnpackLow(r0, r1).AsDouble();
        var low23 = Avx.UnpackLow(r2, r3).AsDouble();
        var high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        var high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        Avx.UnpackLow(low01, low23).AsSingle().Store(target);
        Avx.UnpackHigh(low01, low23).AsSingle().Store(target + targetStride);
        Avx.UnpackLow(high01, high23).AsSingle().Store(target + 2 * targetStride);
        Avx.UnpackHigh(high01, high23).AsSingle().Store(target + 3 * targetStride);
    }
}
