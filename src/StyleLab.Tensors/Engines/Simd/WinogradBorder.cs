using System.Numerics;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// What a gradient leaves on the border, one position wide, when the convolution saw more than zeros beyond the edge: added
/// where the border was copied from. The border's upper row depends on the gradient's first row alone, through one row of the
/// filters; the other sides likewise. The points 0 and ∞ of Winograd's transform hold just that: the first and the last row or
/// column of the filters, transformed along the other direction. So four positions of a side are the products of six points.
/// </summary>
internal readonly unsafe struct WinogradBorder
{
    public const int Sides = 4;

    private const int Top = 0, Bottom = 1, Left = 2;
    private const int Patch = WinogradTransforms.Patch, Tile = WinogradTransforms.Tile, Infinity = Patch - 1;

    private readonly ConvolutionSource _gradient;
    private readonly Storage _result;
    private readonly Padding _padding;
    private readonly int _n;
    private readonly delegate*<float*, float*, void> _transform, _transformBack;

    // Rows have the corners with them, columns do not.
    private readonly int _rowTiles, _columnTiles;

    /// <param name="gradient">The gradient of the convolution's output.</param>
    /// <param name="n">Which picture of the batch.</param>
    /// <param name="padding">What the convolution saw beyond the edge.</param>
    /// <param name="result">What is added to.</param>
    /// <param name="algorithm">Whose transforms to use.</param>
    public WinogradBorder(ConvolutionSource gradient, int n, Padding padding, Storage result, ConvolutionAlgorithm algorithm)
    {
        (_gradient, _n, _padding, _result) = (gradient, n, padding, result);
        _transform = algorithm.InputStrip;
        _transformBack = algorithm.OutputStrip;
        if (padding == Padding.Zero)
            return;
        _rowTiles = (result.Shape.Width + 2 + Tile - 1) / Tile;
        _columnTiles = (result.Shape.Height + Tile - 1) / Tile;
    }

    /// <summary>False for a convolution that saw zeros, and for <c>default</c>.</summary>
    public bool Exists => _rowTiles > 0;

    /// <summary>Tiles that there must be room for at each point.</summary>
    public int Room => _rowTiles + _columnTiles;

    /// <summary>Tiles at a point.</summary>
    public int TilesAt(int point) => (IsEnd(point / Patch) ? _rowTiles : 0) + (IsEnd(point % Patch) ? _columnTiles : 0);

    /// <summary>Transforms one side and one block of channels.</summary>
    /// <param name="side">From 0 to <see cref="Sides"/> − 1.</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="products">Where transformed inputs lie.</param>
    /// <param name="first">The first tile of the border among them.</param>
    /// <param name="inputs">Receives the values.</param>
    /// <param name="working">Memory for <see cref="WinogradTransforms.Working"/> floats.</param>
    public void Transform(int side, int block, WinogradProducts products, int first, float* inputs, float* working)
    {
        float* points = working + Patch * Storage.Block;
        int before = side <= Bottom ? 2 : 1, plane = _n * _gradient.Blocks + block;
        for (int tile = 0; tile < TilesOf(side); tile++)
        {
            int along = tile * Tile - before;
            if (side <= Bottom)
                _gradient.CopyRow(plane, side == Top ? 0 : _gradient.Height - 1, along, Patch, working);
            else
                for (int i = 0; i < Patch; i++)
                    _gradient.CopyRow(plane, along + i, side == Left ? 0 : _gradient.Width - 1, 1, working + i * Storage.Block);
            _transform(working, points);
            for (int i = 0; i < Patch; i++)
                Copy(points + i * Storage.Block, inputs + PointOf(side, i) * products.InputStride + products.InputOffset(block, first + Place(side, i, tile)));
        }
    }

    /// <summary>Adds one group of output channels to the result: all four sides, because they meet at the corners.</summary>
    /// <param name="group">Which group.</param>
    /// <param name="products">Where products lie.</param>
    /// <param name="first">The first tile of the border among them.</param>
    /// <param name="results">The products.</param>
    /// <param name="working">Memory for <see cref="WinogradTransforms.Working"/> floats.</param>
    public void Add(int group, WinogradProducts products, int first, float* results, float* working)
    {
        float* values = working + Patch * Storage.Block;
        long stride = products.ProductStride(products.Groups);
        for (int lane = 0; lane < products.Channels; lane += Storage.Block)
            for (int side = 0; side < Sides; side++)
                for (int tile = 0; tile < TilesOf(side); tile++)
                {
                    for (int i = 0; i < Patch; i++)
                        Copy(results + PointOf(side, i) * stride + products.ProductOffset(group, first + Place(side, i, tile)) + lane, working + i * Storage.Block);
                    _transformBack(working, values);
                    AddTile(side, tile, group * products.Channels + lane, values);
                }
    }

    private void AddTile(int side, int tile, int channel, float* values)
    {
        int height = _result.Shape.Height, width = _result.Shape.Width;
        for (int i = 0; i < Tile; i++)
        {
            int along = tile * Tile + i - (side <= Bottom ? 1 : 0);
            if (along > (side <= Bottom ? width : height - 1))
                return;
            var (row, column) = side switch
            {
                Top => (-1, along),
                Bottom => (height, along),
                Left => (along, -1),
                _ => (along, width),
            };
            Add(values + i * Storage.Block, channel, _padding.Source(row, height), _padding.Source(column, width));
        }
    }

    private void Add(float* values, int channel, int row, int column)
    {
        if (_result.Layout == Layout.Planar)
        {
            for (int i = 0, k = channel; i < Storage.Block && k < _result.Shape.Channels; i++, k++)
                _result[_n, k, row, column] += values[i];
            return;
        }
        long plane = _n * (_result.Shape.Channels / Storage.Block) + channel / Storage.Block;
        float* target = _result.Data + ((plane * _result.Shape.Height + row) * _result.Shape.Width + column) * Storage.Block;
        for (int i = 0; i < Storage.Block; i += Vector<float>.Count)
            Vector.Store(Vector.Load(target + i) + Vector.Load(values + i), target + i);
    }

    private int TilesOf(int side) => side <= Bottom ? _rowTiles : _columnTiles;

    // What the filters are turned to: the upper row of the border meets their last row.
    private static int PointOf(int side, int i) => side switch
    {
        Top => Infinity * Patch + i,
        Bottom => i,
        Left => i * Patch + Infinity,
        _ => i * Patch,
    };

    /// <summary>Where a tile lies among those of the border: at the points of a corner, columns come after rows.</summary>
    private int Place(int side, int i, int tile) => tile + (side > Bottom && IsEnd(i) ? _rowTiles : 0);

    private static bool IsEnd(int i) => i is 0 or Infinity;

    private static void Copy(float* source, float* target) =>
        new ReadOnlySpan<float>(source, Storage.Block).CopyTo(new Span<float>(target, Storage.Block));
}
