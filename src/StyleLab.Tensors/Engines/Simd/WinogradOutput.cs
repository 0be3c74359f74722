namespace StyleLab.Tensors.Engines.Simd;

/// <summary>The last stage of Winograd's convolution: products, transformed into tiles of a feature map.</summary>
/// <param name="y">The feature map.</param>
/// <param name="mask">Receives where y is positive; not if its address is 0.</param>
/// <param name="n">Which picture of the batch.</param>
/// <param name="bias">One value a channel, or null.</param>
/// <param name="withRelu">True to replace negative results by 0.</param>
/// <param name="tilesAcross">Tiles in a row of the feature map.</param>
/// <param name="transform">See <see cref="WinogradTransforms.Output"/>.</param>
internal readonly unsafe struct WinogradOutput(Storage y, Storage mask, int n, float* bias, bool withRelu, int tilesAcross,
    delegate*<float*, long, float*, long, float*, bool, ushort*, long, float*, void> transform)
{
    private const int Tile = WinogradTransforms.Tile;

    /// <summary>Transforms the products of one tile and one block of channels.</summary>
    /// <param name="products">36 × 16 values.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="tile">Which tile, counted row by row.</param>
    /// <param name="working">Memory for <see cref="WinogradTransforms.Working"/> floats.</param>
    public void Transform(float* products, long pointStride, int block, int tile, float* working)
    {
        int height = y.Shape.Height, width = y.Shape.Width, plane = n * (y.Shape.Channels / Storage.Block) + block;
        int top = tile / tilesAcross * Tile, left = tile % tilesAcross * Tile;
        float* tileBias = bias == null ? null : bias + block * Storage.Block;
        float* columns = working + WinogradTransforms.Points * Storage.Block;
        if (y.Layout == Layout.ChannelBlocks && top + Tile <= height && left + Tile <= width)
        {
            ushort* bits = mask.Address == 0 ? null : MaskBits.At(mask, plane, top, left);
            float* target = y.Data + (((long)plane * height + top) * width + left) * Storage.Block;
            transform(products, pointStride, target, (long)width * Storage.Block, tileBias, withRelu, bits, width, columns);
            return;
        }
        transform(products, pointStride, working, Tile * Storage.Block, tileBias, withRelu, null, 0, columns);
        for (int i = 0; i < Math.Min(Tile, height - top); i++)
            StoreRow(working + i * Tile * Storage.Block, block, plane, top + i, left, Math.Min(Tile, width - left));
    }

    /// <summary>What of a tile's row lies inside the feature map.</summary>
    private void StoreRow(float* values, int block, int plane, int row, int left, int count)
    {
        if (y.Layout == Layout.Planar)
        {
            for (int j = 0; j < count; j++)
                for (int lane = 0, k = block * Storage.Block; lane < Storage.Block && k < y.Shape.Channels; lane++, k++)
                    y[n, k, row, left + j] = values[j * Storage.Block + lane];
            return;
        }
        float* target = y.Data + (((long)plane * y.Shape.Height + row) * y.Shape.Width + left) * Storage.Block;
        new ReadOnlySpan<float>(values, count * Storage.Block).CopyTo(new Span<float>(target, count * Storage.Block));
        if (mask.Address != 0)
            MaskBits.Of(values, count, MaskBits.At(mask, plane, row, left));
    }
}
