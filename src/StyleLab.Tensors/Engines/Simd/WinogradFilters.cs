using System.Runtime.InteropServices;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Transformed 3×3 filters, G g Gᵀ computed in double: 36 matrices of inputs × outputs, each packed as 1×1 filters for the
/// tile kernel. Four times the memory of the plain filters.
/// </summary>
internal sealed unsafe class WinogradFilters
{
    public WinogradFilters(float[] weights, Shape shape, Tile tile)
    {
        int outputs = shape.Batch, inputs = shape.Channels;
        FloatsAPoint = PackedFilters.FloatsOf(outputs, inputs, 1, tile);
        Data = (float*)NativeMemory.AlignedAlloc((nuint)(WinogradTransforms.Points * FloatsAPoint * sizeof(float)), 64);
        var plane = new float[outputs * inputs];
        for (int point = 0; point < WinogradTransforms.Points; point++)
        {
            for (int filter = 0; filter < plane.Length; filter++)
                plane[filter] = (float)Transformed(weights.AsSpan(filter * 9, 9), point / WinogradTransforms.Patch, point % WinogradTransforms.Patch);
            fixed (float* source = plane)
                PackedFilters.Pack(source, outputs, inputs, 1, tile, Data + point * FloatsAPoint);
        }
    }

    ~WinogradFilters() => NativeMemory.AlignedFree(Data);

    /// <summary>The matrices, one point after the other.</summary>
    public float* Data { get; }

    /// <summary>Floats from one matrix to the next.</summary>
    public long FloatsAPoint { get; }

    private static double Transformed(ReadOnlySpan<float> filter, int i, int j)
    {
        var g = WinogradTransforms.FilterTransform;
        double sum = 0;
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                sum += g[i, row] * filter[row * 3 + column] * g[j, column];
        return sum;
    }
}
