namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// The middle stage of Winograd's convolution: at each of the 36 points, the transformed inputs of some tiles times the
/// transformed filters.
/// </summary>
/// <param name="filters">The filters.</param>
/// <param name="tiles">Tiles that there is room for.</param>
internal readonly unsafe struct WinogradProducts(SimdFilters filters, int tiles)
{
    private readonly WinogradWeights _weights = filters.Winograd.Weights;
    private readonly delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> _multiply = filters.Tile.Run;
    private readonly delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> _multiplyShort = filters.Tile.Shorter.Run;
    private readonly int _pixels = filters.Tile.Pixels, _shortPixels = filters.Tile.Shorter.Pixels;
    private readonly int _roundedTiles = (tiles + filters.Tile.Pixels - 1) / filters.Tile.Pixels * filters.Tile.Pixels;

    /// <summary>Output channels of a group.</summary>
    public int Channels { get; } = filters.Tile.Channels;

    /// <summary>Blocks of 16 input channels.</summary>
    public int Blocks => _weights.Inputs / Storage.Block;

    /// <summary>Groups of output channels.</summary>
    public int Groups { get; } = PackedFilters.GroupsOf(filters.Outputs, filters.Tile);

    /// <summary>Floats of memory that <see cref="Multiply"/> needs.</summary>
    public long Room => _weights.Room;

    /// <summary>
    /// Floats from one point to the next of [block of inputs][tile][16]. A cache line more keeps the 36 values of a tile from
    /// falling into the same cache set.
    /// </summary>
    public long InputStride => (long)_weights.Inputs * _roundedTiles + Storage.Block;

    /// <summary>Floats from one point to the next of [group of outputs][tile][channels].</summary>
    public long ProductStride(int groups) => (long)groups * _roundedTiles * Channels + Storage.Block;

    /// <summary>Where the values of a tile and a block of channels lie among the transformed inputs of a point.</summary>
    public long InputOffset(int block, int tile) => ((long)block * _roundedTiles + tile) * Storage.Block;

    /// <summary>Where the values of a tile and the first channel of a group lie among the products of a point.</summary>
    public long ProductOffset(int group, int tile) => ((long)group * _roundedTiles + tile) * Channels;

    /// <summary>Multiplies at one point.</summary>
    /// <param name="inputs">Transformed inputs of that point.</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="point">Which point.</param>
    /// <param name="group">Which group of output channels.</param>
    /// <param name="nextPoint">The point that this thread will multiply at next.</param>
    /// <param name="nextGroup">And the group.</param>
    /// <param name="products">Receives the products of the group.</param>
    /// <param name="room">Memory for <see cref="Room"/> floats.</param>
    public void Multiply(float* inputs, int tiles, int point, int group, int nextPoint, int nextGroup, float* products, float* room)
    {
        float* weights = _weights.Of(point, group, room);
        int runs = (tiles + _pixels - 1) / _pixels;
        for (int tile = 0, run = 0; tile < tiles; run++)
        {
            // Weights come from beyond the second-level cache: the next ones meanwhile, shared out over the tiles.
            float* ahead = _weights.Ahead(nextPoint, nextGroup, run, runs, out int aheadLines);
            int left = tiles - tile;
            bool isShort = left <= _shortPixels || (left > _pixels && left <= 2 * _shortPixels);
            (isShort ? _multiplyShort : _multiply)(inputs + InputOffset(0, tile), (long)_roundedTiles * Storage.Block, 0,
                Blocks, Storage.Block, 1, 1, weights, products + (long)tile * Channels, ahead, aheadLines);
            tile += isShort ? _shortPixels : _pixels;
        }
    }

    /// <summary>Transforms the products of one group back.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="group">Which group.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">Number of tiles.</param>
    /// <param name="products">Products of the group at the first point.</param>
    /// <param name="stride">Floats from one point to the next.</param>
    /// <param name="working">Memory for <see cref="WinogradTransforms.Working"/> floats.</param>
    public void TransformBack(WinogradOutput output, int group, int first, int count, float* products, long stride, float* working)
    {
        for (int lane = 0; lane < Channels; lane += Storage.Block)
            for (int i = 0; i < count; i++)
                output.Transform(products + (long)i * Channels + lane, stride,
                    (group * Channels + lane) / Storage.Block, first + i, working, ahead: 2 * Channels);
    }
}
