namespace StyleLab.Tensors.Engines.Simd;

/// <summary>How Winograd's convolution is cut into parts that fit the caches: blocks of tiles, and groups of output channels.</summary>
internal readonly struct WinogradSchedule
{
    // Transformed inputs and products of a block should stay in a core's second-level cache.
    private const long CacheBytes = 1_200_000;

    // Filters that do not fit that cache are read again for every block: then blocks are larger, and threads share out
    // the output channels, so that each reads its part of the filters only.
    private const long LargeFilterBytes = 4_000_000;
    private const int LargestBlock = 96;

    // Fewer tiles than this do not pay for reading the transformed filters.
    private const int FewestTiles = 8;

    public WinogradSchedule(SimdFilters filters, Shape output, int threads)
    {
        TilesAcross = TilesOf(output.Width);
        Tiles = TilesAcross * TilesOf(output.Height);
        Groups = PackedFilters.GroupsOf(filters.Outputs, filters.Tile);
        int inputs = filters.Inputs, outputs = filters.Outputs, pixels = filters.Tile.Pixels;
        long bytesAProduct = WinogradTransforms.Points * sizeof(float);
        bool largeFilters = bytesAProduct * inputs * outputs > LargeFilterBytes;

        int largest = largeFilters ? LargestBlock
            : (int)Math.Clamp(CacheBytes / (bytesAProduct * (inputs + outputs)) / pixels * pixels, pixels, LargestBlock);
        int blocks = (Tiles + largest - 1) / largest;

        // With few blocks every thread should get as many as the others.
        if (!largeFilters && blocks < 4 * threads && Tiles >= threads * pixels)
            blocks = (blocks + threads - 1) / threads * threads;
        TilesABlock = (Tiles + blocks - 1) / blocks;
        blocks = (Tiles + TilesABlock - 1) / TilesABlock;

        PartsABlock = Math.Clamp(largeFilters ? threads : threads / blocks, 1, Groups);
        GroupsAPart = (Groups + PartsABlock - 1) / PartsABlock;
        PartsABlock = (Groups + GroupsAPart - 1) / GroupsAPart;
        Parts = blocks * PartsABlock;
    }

    public int TilesAcross { get; }
    public int Tiles { get; }
    public int TilesABlock { get; }
    public int Groups { get; }
    public int GroupsAPart { get; }
    public int PartsABlock { get; }
    public int Parts { get; }

    /// <summary>3×3 filters over whole blocks of input channels, and enough tiles.</summary>
    public static bool Suits(SimdFilters filters, Shape output) =>
        filters.Size == 3 && filters.Inputs % Storage.Block == 0
        && TilesOf(output.Width) * TilesOf(output.Height) >= FewestTiles;

    private static int TilesOf(int size) => (size + WinogradTransforms.Tile - 1) / WinogradTransforms.Tile;
}
