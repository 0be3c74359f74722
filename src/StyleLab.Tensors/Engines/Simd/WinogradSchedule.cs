namespace StyleLab.Tensors.Engines.Simd;

/// <summary>How Winograd's convolution is cut into parts that fit the caches: blocks of tiles, and groups of output channels.</summary>
internal readonly struct WinogradSchedule
{
    // Transformed inputs of a block, and its products of one group, should stay in a core's second-level cache beside the filters.
    private const long CacheBytes = 900_000;

    // Filters that do not fit that cache are read again for every block: then blocks are larger, and all threads work on one
    // stage of a block at a time. Those that must be turned as well are read still less often.
    private const int LargestBlock = 96, LargestBlockInStages = 128, LargestBlockOfTurned = 256;

    // Parts of a stage for each thread, so that one that was held up does not keep the others waiting for long.
    private const int PartsAThread = 4;

    // Fewer tiles than this do not pay for reading the transformed filters.
    private const int FewestTiles = 8;

    public WinogradSchedule(SimdFilters filters, int height, int width, int threads)
    {
        TilesAcross = TilesOf(width);
        Tiles = TilesAcross * TilesOf(height);
        Groups = PackedFilters.GroupsOf(filters.Outputs, filters.Tile);
        int inputs = filters.Inputs, outputs = filters.Outputs, pixels = filters.Tile.Pixels;
        long bytesAProduct = WinogradTransforms.Points * sizeof(float);
        InStages = WinogradFilters.AreLarge(inputs, outputs);

        int largest = InStages ? filters.Winograd.Weights.AreTurned ? LargestBlockOfTurned : LargestBlockInStages
            : (int)Math.Clamp(CacheBytes / (bytesAProduct * (inputs + filters.Tile.Channels)) / pixels * pixels, pixels, LargestBlock);
        int blocks = (Tiles + largest - 1) / largest;

        // With few blocks every thread should get as many as the others.
        if (!InStages && blocks < 4 * threads && Tiles >= threads * pixels)
            blocks = (blocks + threads - 1) / threads * threads;
        TilesABlock = (Tiles + blocks - 1) / blocks;
        blocks = (Tiles + TilesABlock - 1) / TilesABlock;

        int wanted = InStages ? (PartsAThread * threads + WinogradTransforms.Points - 1) / WinogradTransforms.Points : threads / blocks;
        GroupsAPart = (Groups + Math.Clamp(wanted, 1, Groups) - 1) / Math.Clamp(wanted, 1, Groups);
        PartsABlock = (Groups + GroupsAPart - 1) / GroupsAPart;
        Parts = blocks * PartsABlock;
    }

    /// <summary>True if all threads work on one stage of a block of tiles at a time.</summary>
    public bool InStages { get; }

    public int TilesAcross { get; }
    public int Tiles { get; }
    public int TilesABlock { get; }
    public int Groups { get; }
    public int GroupsAPart { get; }
    public int PartsABlock { get; }
    public int Parts { get; }

    /// <summary>3×3 filters over whole blocks of input channels, and enough tiles.</summary>
    public static bool Suits(int size, int inputs, int height, int width) =>
        size == 3 && inputs % Storage.Block == 0 && TilesOf(width) * TilesOf(height) >= FewestTiles;

    private static int TilesOf(int size) => (size + WinogradTransforms.Tile - 1) / WinogradTransforms.Tile;
}
