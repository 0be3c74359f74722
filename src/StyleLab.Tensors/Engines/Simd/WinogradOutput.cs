namespace StyleLab.Tensors.Engines.Simd;

/// <summary>The last stage of Winograd's convolution: products, transformed into tiles of a feature map, which may be pooled.</summary>
/// <param name="y">The feature map, or its pooled values.</param>
/// <param name="mask">Receives where y is positive, or where its largest values were found; not if its address is 0.</param>
/// <param name="height">Height before pooling.</param>
/// <param name="width">Width before pooling.</param>
/// <param name="n">Which picture of the batch.</param>
/// <param name="bias">One value a channel, or null.</param>
/// <param name="withRelu">True to replace negative results by 0.</param>
/// <param name="pool">How to pool.</param>
/// <param name="tilesAcross">Tiles in a row of the feature map.</param>
/// <param name="transform">See <see cref="WinogradTransforms.Output"/>.</param>
internal readonly unsafe struct WinogradOutput(Storage y, Storage mask, int height, int width, int n,
    float* bias, bool withRelu, FusedPool pool, int tilesAcross,
    delegate*<float*, long, float*, long, float*, bool, ushort*, long, float*, long, void> transform)
{
    private const int Tile = WinogradTransforms.Tile, RowFloats = Tile * Storage.Block;

    /// <summary>Transforms the products of one tile and one block of channels.</summary>
    /// <param name="products">36 × 16 values.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="tile">Which tile, counted row by row.</param>
    /// <param name="working">Memory for <see cref="WinogradTransforms.Working"/> floats.</param>
    /// <param name="ahead">Floats from the products of this tile to those of one that comes soon.</param>
    public void Transform(float* products, long pointStride, int block, int tile, float* working, long ahead)
    {
        int plane = n * (y.Shape.Channels / Storage.Block) + block;
        int top = tile / tilesAcross * Tile, left = tile % tilesAcross * Tile;
        int rows = Math.Min(Tile, height - top), count = Math.Min(Tile, width - left);
        float* tileBias = bias == null ? null : bias + block * Storage.Block;
        float* columns = working + WinogradTransforms.Points * Storage.Block;
        ushort* bits = !mask.Exists ? null : MaskBits.At(mask, plane, top, left);
        bool whole = rows == Tile && count == Tile;
        if (whole && pool == FusedPool.None && y.Layout == Layout.ChannelBlocks)
        {
            transform(products, pointStride, Target(plane, top, left), (long)width * Storage.Block, tileBias, withRelu, bits, width, columns, ahead);
            return;
        }
        bool transformWritesBits = whole && pool != FusedPool.Max;
        transform(products, pointStride, working, RowFloats, tileBias, withRelu, transformWritesBits ? bits : null, width, columns, ahead);
        for (int i = 0; i < rows && bits != null && !transformWritesBits && pool != FusedPool.Max; i++)
            MaskBits.Of(working + i * RowFloats, count, bits + (long)i * width);
        if (pool != FusedPool.None)
            StorePooled(working, bits, plane, top / 2, left / 2, rows / 2, count / 2);
        else
            for (int i = 0; i < rows; i++)
                StoreRow(working + i * RowFloats, block, plane, top + i, left, count);
    }

    private float* Target(int plane, int row, int column) =>
        y.Data + (((long)plane * y.Shape.Height + row) * y.Shape.Width + column) * Storage.Block;

    /// <summary>Pools the windows of a tile.</summary>
    private void StorePooled(float* values, ushort* bits, int plane, int top, int left, int rows, int count)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < count; j++)
            {
                float* window = values + 2 * i * RowFloats + 2 * j * Storage.Block, target = Target(plane, top + i, left + j);
                if (pool == FusedPool.Average)
                    PoolOfWindow.Average(window, RowFloats, target);
                else
                    PoolOfWindow.Max(window, RowFloats, target, bits == null ? null : bits + 2L * i * width + 2 * j, width);
            }
    }

    /// <summary>What of a tile's row lies inside the feature map.</summary>
    private void StoreRow(float* values, int block, int plane, int row, int left, int count)
    {
        if (y.Layout == Layout.ChannelBlocks)
        {
            new ReadOnlySpan<float>(values, count * Storage.Block).CopyTo(new Span<float>(Target(plane, row, left), count * Storage.Block));
            return;
        }
        for (int j = 0; j < count; j++)
            for (int lane = 0, k = block * Storage.Block; lane < Storage.Block && k < y.Shape.Channels; lane++, k++)
                y[n, k, row, left + j] = values[j * Storage.Block + lane];
    }
}
