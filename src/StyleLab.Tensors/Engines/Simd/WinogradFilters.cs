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

    // Beyond this, filters do not fit a core's cache.
    private const long LargeBytes = 4_000_000;

    // Beyond this, the gradient reads the filters of the convolution instead of having its own: it takes some time to turn them,
    // and most of the memory is theirs.
    private const long SharedBytes = 20_000_000;

    private readonly float* _data;
    private readonly WinogradFilters? _straight;

    public WinogradFilters(FilterView filters, Tile tile)
    {
        long floatsAPoint = PackedFilters.FloatsOf(filters.Outputs, filters.Inputs, 1, tile);
        long floats = WinogradTransforms.Points * floatsAPoint;
        float* data = _data = NativeMemoryBlock.Allocate(floats);
        Weights = new WinogradWeights(data, floatsAPoint, filters.Inputs, tile.Channels);
        NativeMemory.Clear(data, (nuint)floats * sizeof(float));
        Parallel.For(0, filters.Outputs, k =>
        {
            double* points = stackalloc double[WinogradTransforms.Points];
            float* target = data + (long)(k / tile.Channels) * filters.Inputs * tile.Channels + k % tile.Channels;
            for (int c = 0; c < filters.Inputs; c++, target += tile.Channels)
            {
                Transform(filters, k, c, points);
                for (int point = 0; point < WinogradTransforms.Points; point++)
                    target[point * floatsAPoint] = (float)points[point];
            }
        });
    }

    /// <summary>The same filters turned, in the same memory.</summary>
    /// <param name="straight">The filters.</param>
    /// <param name="outputs">Their output channels.</param>
    /// <param name="tile">The tile kernel for the turned filters.</param>
    public WinogradFilters(WinogradFilters straight, int outputs, Tile tile)
    {
        _straight = straight;
        Weights = new WinogradWeights(straight.Weights, outputs, tile.Channels);
    }

    ~WinogradFilters()
    {
        if (_straight is null)
            NativeMemoryBlock.Free(_data);
    }

    public WinogradWeights Weights { get; }

    /// <summary>Whether transformed filters do not fit a core's cache.</summary>
    public static bool AreLarge(int inputs, int outputs) => Bytes(inputs, outputs) > LargeBytes;

    /// <summary>Whether they are so large that both directions should read the same.</summary>
    public static bool AreToBeShared(int inputs, int outputs) => Bytes(inputs, outputs) > SharedBytes;

    private static long Bytes(int inputs, int outputs) => (long)WinogradTransforms.Points * sizeof(float) * inputs * outputs;

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
