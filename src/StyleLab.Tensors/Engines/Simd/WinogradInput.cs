namespace StyleLab.Tensors.Engines.Simd;

/// <summary>The first stage of Winograd's convolution: patches of a feature map, transformed.</summary>
/// <param name="source">The feature map.</param>
/// <param name="n">Which picture of the batch.</param>
/// <param name="padding">Where values beyond the edges come from.</param>
/// <param name="tilesAcross">Tiles in a row of the output.</param>
/// <param name="algorithm">Whose transforms to use.</param>
internal readonly unsafe struct WinogradInput(ConvolutionSource source, int n, Padding padding, int tilesAcross, ConvolutionAlgorithm algorithm)
{
    private const int Patch = WinogradTransforms.Patch;

    private readonly ConvolutionSource _source = source;
    private readonly delegate*<float*, long, ushort*, long, float*, long, float*, void> _transform = algorithm.InputTransform;
    private readonly delegate*<float*, long, float, ushort*, long, float*, void> _spread = algorithm.Spread;

    /// <summary>Blocks of 16 channels.</summary>
    public int Blocks => _source.Blocks;

    /// <summary>Transforms the patch of one tile and one block of channels.</summary>
    /// <param name="tile">Which tile of the output, counted row by row.</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="target">Receives 36 × 16 values.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="working">Memory for <see cref="WinogradTransforms.Working"/> floats.</param>
    public void Transform(int tile, int block, float* target, long pointStride, float* working)
    {
        int plane = n * Blocks + block;
        int top = tile / tilesAcross * WinogradTransforms.Tile - 1, left = tile % tilesAcross * WinogradTransforms.Tile - 1;
        long rowStride = (long)_source.Values.Shape.Width * Storage.Block;
        float* columns = working + WinogradTransforms.Points * Storage.Block;
        if (top < 0 || left < 0 || top + Patch > _source.UsedHeight || left + Patch > _source.UsedWidth)
        {
            for (int i = 0; i < Patch; i++)
                CopyRow(plane, top + i, left, working + i * Patch * Storage.Block);
            _transform(working, Patch * Storage.Block, null, 0, target, pointStride, columns);
            return;
        }
        float* values = _source.At(plane, top, left);
        ushort* bits = !_source.Mask.Exists ? null : MaskBits.At(_source.Mask, plane, top, left);
        if (_source.IsPooled)
        {
            _spread(values, rowStride, _source.Share, bits, _source.Width, working);
            _transform(working, Patch * Storage.Block, null, 0, target, pointStride, columns);
        }
        else
            _transform(values, rowStride, bits, _source.Width, target, pointStride, columns);
    }

    /// <summary>Copies one row of a patch that lies across an edge.</summary>
    private void CopyRow(int plane, int row, int left, float* target)
    {
        row = padding.Source(row, _source.Height);
        int first = Math.Max(0, -left), last = Math.Min(Patch, _source.Width - left);
        _source.CopyRow(plane, row, left + first, last - first, target + first * Storage.Block);
        for (int j = 0; j < first; j++)
            _source.CopyRow(plane, row, padding.Source(left + j, _source.Width), 1, target + j * Storage.Block);
        for (int j = last; j < Patch; j++)
            _source.CopyRow(plane, row, padding.Source(left + j, _source.Width), 1, target + j * Storage.Block);
    }
}
