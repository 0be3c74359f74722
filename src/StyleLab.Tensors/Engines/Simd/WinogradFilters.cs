using System.Runtime.InteropServices;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Transformed 3×3 filters, G g Gᵀ computed in double: 36 matrices of inputs × outputs, each in the order of
/// <see cref="PackedFilters"/> for 1×1 filters. Four times the memory of the plain filters.
/// </summary>
internal sealed unsafe class WinogradFilters
{
    private const int Patch = WinogradTransforms.Patch;

    public WinogradFilters(FilterView filters, Tile tile)
    {
        FloatsAPoint = PackedFilters.FloatsOf(filters.Outputs, filters.Inputs, 1, tile);
        long floats = WinogradTransforms.Points * FloatsAPoint;
        Data = NativeMemoryBlock.Allocate(floats);
        NativeMemory.Clear(Data, (nuint)floats * sizeof(float));
        Parallel.For(0, filters.Outputs, k =>
        {
            double* points = stackalloc double[WinogradTransforms.Points];
            float* target = Data + (long)(k / tile.Channels) * filters.Inputs * tile.Channels + k % tile.Channels;
            for (int c = 0; c < filters.Inputs; c++, target += tile.Channels)
            {
                Transform(filters, k, c, points);
                for (int point = 0; point < WinogradTransforms.Points; point++)
                    target[point * FloatsAPoint] = (float)points[point];
            }
        });
    }

    ~WinogradFilters() => NativeMemoryBlock.Free(Data);

    /// <summary>The matrices, one point after the other.</summary>
    public float* Data { get; }

    /// <summary>Floats from one matrix to the next.</summary>
    public long FloatsAPoint { get; }

    private static void Transform(FilterView filters, int k, int c, double* points)
    {
        var g = WinogradTransforms.FilterTransform;
        double* half = stackalloc double[Patch * 3];
        for (int i = 0; i < Patch; i++)
            for (int column = 0; column < 3; column++)
                half[i * 3 + column] = g[i, 0] * filters[k, c, 0, column] + g[i, 1] * filters[k, c, 1, column] + g[i, 2] * filters[k, c, 2, column];
        for (int i = 0; i < Patch; i++)
            for (int j = 0; j < Patch; j++)
                points[i * Patch + j] = half[i * 3] * g[j, 0] + half[i * 3 + 1] * g[j, 1] + half[i * 3 + 2] * g[j, 2];
    }
}
