namespace StyleLab.Tensors.Engines.Simd;

/// <summary>The first stage of Winograd's convolution: patches of a feature map, transformed.</summary>
/// <param name="x">The feature map.</param>
/// <param name="mask">Where its bits are not set, x counts as 0; none if its address is 0.</param>
/// <param name="n">Which picture of the batch.</param>
/// <param name="padding">Where values beyond the edges come from.</param>
/// <param name="tilesAcross">Tiles in a row of the output.</param>
/// <param name="transform">See <see cref="WinogradTransforms.Input"/>.</param>
internal readonly unsafe struct WinogradInput(Storage x, Storage mask, int n, Padding padding, int tilesAcross,
    delegate*<float*, long, ushort*, long, float*, long, float*, void> transform)
{
    private const int Patch = WinogradTransforms.Patch;

    /// <summary>Blocks of 16 channels.</summary>
    public int Blocks => x.Shape.Channels / Storage.Block;

    /// <summary>Transforms the patch of one tile and one block of channels.</summary>
    /// <param name="tile">Which tile of the output, counted row by row.</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="target">Receives 36 × 16 values.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="working">Memory for <see cref="WinogradTransforms.Working"/> floats.</param>
    public void Transform(int tile, int block, float* target, long pointStride, float* working)
    {
        int height = x.Shape.Height, width = x.Shape.Width, plane = n * Blocks + block;
        int top = tile / tilesAcross * WinogradTransforms.Tile - 1, left = tile % tilesAcross * WinogradTransforms.Tile - 1;
        long rowStride = (long)width * Storage.Block;
        float* values = x.Data + plane * height * rowStride;
        ushort* bits = mask.Address == 0 ? null : MaskBits.At(mask, plane, 0, 0);
        float* columns = working + WinogradTransforms.Points * Storage.Block;
        if (top >= 0 && left >= 0 && top + Patch <= height && left + Patch <= width)
        {
            long corner = top * rowStride + (long)left * Storage.Block;
            transform(values + corner, rowStride, bits == null ? null : bits + top * width + left, width, target, pointStride, columns);
            return;
        }
        CopyPatch(values, bits, top, left, working);
        transform(working, Patch * Storage.Block, null, 0, target, pointStride, columns);
    }

    /// <summary>A patch that reaches beyond the edges.</summary>
    private void CopyPatch(float* values, ushort* bits, int top, int left, float* patch)
    {
        int width = x.Shape.Width;
        int* sources = stackalloc int[Patch];
        for (int j = 0; j < Patch; j++)
            sources[j] = padding.Source(left + j, width);
        for (int i = 0; i < Patch; i++)
        {
            int row = padding.Source(top + i, x.Shape.Height);
            for (int j = 0; j < Patch; j++)
            {
                float* position = patch + (i * Patch + j) * Storage.Block;
                if (row < 0 || sources[j] < 0)
                {
                    new Span<float>(position, Storage.Block).Clear();
                    continue;
                }
                new ReadOnlySpan<float>(values + ((long)row * width + sources[j]) * Storage.Block, Storage.Block)
                    .CopyTo(new Span<float>(position, Storage.Block));
                if (bits != null)
                    MaskBits.Apply(position, 1, bits + row * width + sources[j]);
            }
        }
    }
}
