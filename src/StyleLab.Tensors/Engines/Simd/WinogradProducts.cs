namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// The middle stage of Winograd's convolution: at each of the 36 points, the transformed inputs of some tiles times the
/// transformed filters.
/// </summary>
/// <param name="filters">The filters.</param>
/// <param name="tiles">Tiles that there is room for.</param>
internal readonly unsafe struct WinogradProducts(SimdFilters filters, int tiles)
{
    private readonly float* _filters = filters.Winograd.Data;
    private readonly long _filterStride = filters.Winograd.FloatsAPoint;
    private readonly delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> _multiply = filters.Tile.Run;
    private readonly delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> _multiplyShort = filters.Tile.Shorter.Run;
    private readonly int _inputs = filters.Inputs, _pixels = filters.Tile.Pixels, _shortPixels = filters.Tile.Shorter.Pixels;
    private readonly int _roundedTiles = (tiles + filters.Tile.Pixels - 1) / filters.Tile.Pixels * filters.Tile.Pixels;

    /// <summary>Output channels of a group.</summary>
    public int Channels { get; } = filters.Tile.Channels;

    /// <summary>
    /// Floats from one point to the next of [block of inputs][tile][16]. A cache line more keeps the 36 values of a tile from
    /// falling into the same cache set.
    /// </summary>
    public long InputStride => (long)_inputs * _roundedTiles + Storage.Block;

    /// <summary>Floats from one point to the next of [group of outputs][tile][channels].</summary>
    public long ProductStride(int groups) => (long)groups * _roundedTiles * Channels + Storage.Block;

    /// <summary>Where the values of a tile and a block of channels lie among the transformed inputs of a point.</summary>
    public long InputOffset(int block, int tile) => ((long)block * _roundedTiles + tile) * Storage.Block;

    /// <summary>Where the values of a tile and the first channel of a group lie among the products of a point.</summary>
    public long ProductOffset(int group, int tile) => ((long)group * _roundedTiles + tile) * Channels;

    /// <summary>Multiplies at one point.</summary>
    /// <param name="inputs">Transformed inputs of that point.</param>
    /// <param name="point">Which point.</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="firstGroup">The first group of output channels.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="products">Receives the products of these groups.</param>
    public void Multiply(float* inputs, int point, int tiles, int firstGroup, int groups, float* products)
    {
        // While a group is computed, the weights of the next one come from beyond the second-level cache, shared out over the tiles.
        int blocks = _inputs / Storage.Block, runs = (tiles + _pixels - 1) / _pixels;
        int linesABlock = (Channels + runs - 1) / runs;
        for (int group = 0; group < groups; group++)
        {
            float* weights = _filters + point * _filterStride + (long)(firstGroup + group) * Channels * _inputs;
            float* next = weights + (long)Channels * _inputs;
            for (int tile = 0; tile < tiles; next += blocks * linesABlock * Storage.Block)
            {
                int left = tiles - tile;
                bool isShort = left <= _shortPixels || (left > _pixels && left <= 2 * _shortPixels);
                (isShort ? _multiplyShort : _multiply)(inputs + InputOffset(0, tile), (long)_roundedTiles * Storage.Block, 0,
                    blocks, Storage.Block, 1, 1, weights, products + ProductOffset(group, tile), next, linesABlock);
                tile += isShort ? _shortPixels : _pixels;
            }
        }
    }
}
