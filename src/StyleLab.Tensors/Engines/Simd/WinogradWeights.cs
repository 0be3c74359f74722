namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Transformed filters as the products read them, free of references so that a job can hold it: at each point, for each group of
/// outputs, inputs × outputs of the group. The gradient may read those of the convolution itself: turned filters have the same values at
/// other points, with inputs and outputs exchanged.
/// </summary>
internal readonly unsafe struct WinogradWeights
{
    private readonly float* _data;
    private readonly long _floatsAPoint;

    // When filters are turned as they are read: what lies in memory, and the number of its groups. A piece is what one of those
    // has in common with one group of the turned filters.
    private readonly int _straightInputs, _straightChannels, _pieces;

    /// <summary>Filters in the order they are read.</summary>
    public WinogradWeights(float* data, long floatsAPoint, int inputs, int channels)
    {
        _data = data;
        _floatsAPoint = floatsAPoint;
        (Inputs, Channels) = (inputs, channels);
    }

    /// <summary>Filters that are to be turned when they are read.</summary>
    /// <param name="straight">The filters.</param>
    /// <param name="outputs">Their output channels, a multiple of those of a group.</param>
    /// <param name="channels">Output channels of a group of the turned filters.</param>
    public WinogradWeights(WinogradWeights straight, int outputs, int channels)
    {
        this = straight;
        (_straightInputs, _straightChannels, _pieces) = (straight.Inputs, straight.Channels, outputs / straight.Channels);
        (Inputs, Channels) = (outputs, channels);
    }

    public int Inputs { get; }

    /// <summary>Output channels of a group.</summary>
    public int Channels { get; }

    public bool AreTurned => _pieces > 0;

    /// <summary>Floats of memory that <see cref="Of"/> needs.</summary>
    public long Room => AreTurned ? (long)Inputs * Channels : 0;

    /// <summary>Where inputs × outputs of a group lie at a point.</summary>
    /// <param name="point">Which point.</param>
    /// <param name="group">Which group.</param>
    /// <param name="room">Memory to lay them out in.</param>
    public float* Of(int point, int group, float* room)
    {
        if (!AreTurned)
            return Straight(point, group);
        for (int piece = 0; piece < _pieces; piece++)
            Transposition.Of(Piece(point, group, piece), Channels, _straightChannels, room + (long)piece * Channels * _straightChannels);
        return room;
    }

    /// <summary>What of a group's weights to fetch into the second-level cache during one of some runs of a tile kernel.</summary>
    /// <param name="point">The point that comes next.</param>
    /// <param name="group">The group that comes next.</param>
    /// <param name="run">Which run.</param>
    /// <param name="runs">How many runs there are.</param>
    /// <param name="linesABlock">Cache lines to fetch during each block of inputs.</param>
    public float* Ahead(int point, int group, int run, int runs, out int linesABlock)
    {
        int blocks = Inputs / Storage.Block;
        if (AreTurned)
        {
            linesABlock = run < _pieces ? (Channels * _straightChannels / Storage.Block + blocks - 1) / blocks : 0;
            return Piece(point, group, run);
        }
        linesABlock = (Channels + runs - 1) / runs;
        return Straight(point, group) + (long)run * blocks * linesABlock * Storage.Block;
    }

    private float* Straight(int point, int group) => _data + point * _floatsAPoint + (long)group * Channels * Inputs;

    private float* Piece(int point, int group, int piece) => _data + WinogradTransforms.TurnedPoint(point) * _floatsAPoint
        + ((long)piece * _straightInputs + group * Channels) * _straightChannels;
}
