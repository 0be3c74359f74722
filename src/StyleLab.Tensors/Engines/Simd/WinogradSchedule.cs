namespace StyleLab.Tensors.Engines.Simd;

/// <summary>How Winograd's convolution is cut into parts that fit the caches: blocks of tiles, and groups of output channels.</summary>
internal readonly struct WinogradSchedule
{
    // Transformed inputs and products of a block should stay in a core's second-level cache.
    private const long CacheBytes = 900_000;

    // Filters that do not fit that cache are read again for every block, so with large ones blocks are larger.
    private const long LargeFilterBytes = 2_000_000;
    private const int LargestBlock = 144;

    // Fewer tiles than this do not pay for the transforms of the filters that are read.
    private const int FewestTiles = 8;

    public WinogradSchedule(SimdFilters filters, Shape output, int threads)
    {
        TilesAcross = TilesOf(output.Width);
        Tiles = TilesAcross * TilesOf(output.Height);
        int inputs = filters.Shape.Channels, outputs = filters.Shape.Batch, pixels = filters.Tile.Pixels;

        long bytesATile = WinogradTransforms.Points * sizeof(float) * (long)(inputs + outputs);
        long filterBytes = WinogradTransforms.Points * sizeof(float) * (long)inputs * outputs;
        long fitting = filterBytes > LargeFilterBytes ? LargestBlock * filterBytes / (16 * LargeFilterBytes) : 0;
        int largest = (int)Math.Clamp(Math.Max(CacheBytes / bytesATile, fitting) / pixels * pixels, pixels, LargestBlock);

        // With few blocks every thread should get as many as the others.
        int blocks = (Tiles + largest - 1) / largest;
        if (blocks < 4 * threads && Tiles >= threads * pixels)
            blocks = (blocks + threads - 1) / threads * threads;
        TilesABlock = (Tiles + blocks - 1) / blocks;
        blocks = (Tiles + TilesABlock - 1) / TilesABlock;

        // With fewer blocks than threads the output channels are shared out as well.
        Groups = PackedFilters.GroupsOf(outputs, filters.Tile);
        PartsABlock = Math.Clamp(threads / blocks, 1, Groups);
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

    /// <summary>3×3 filters on whole blocks of channels, and enough tiles.</summary>
    public static bool Suits(SimdFilters filters, Shape output) =>
        filters.Shape is { Height: 3, Width: 3 } && filters.Shape.Channels % Storage.Block == 0 && filters.Shape.Batch % Storage.Block == 0
        && TilesOf(output.Width) * TilesOf(output.Height) >= FewestTiles;

    private static int TilesOf(int size) => (size + WinogradTransforms.Tile - 1) / WinogradTransforms.Tile;
}
