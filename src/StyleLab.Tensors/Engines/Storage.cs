namespace StyleLab.Tensors.Engines;

/// <summary>How an engine orders the values of one tensor in memory.</summary>
public enum Layout
{
    /// <summary>N×C×H×W: one plane of H·W values after the other.</summary>
    Planar,

    /// <summary>
    /// N×(C/16)×H×W×16: the 16 channels of a block lie side by side at every position, so that one vector holds
    /// the same position of 16 channels (AVX-512), or two or four vectors do (AVX2, NEON).
    /// </summary>
    ChannelBlocks,

    /// <summary>One bit a value, in the order of <see cref="ChannelBlocks"/>: masks.</summary>
    Bits,
}

/// <summary>The place of one tensor in an engine's memory. Only that engine may follow the address.</summary>
public readonly unsafe struct Storage(nint address, Shape shape, Layout layout)
{
    /// <summary>Channels that lie side by side in <see cref="Layout.ChannelBlocks"/>.</summary>
    public const int Block = 16;

    public readonly nint Address = address;
    public readonly Shape Shape = shape;
    public readonly Layout Layout = layout;

    /// <summary>The memory that a tensor needs, in floats. Bits are read two positions at a time, so one more follows.</summary>
    internal static long FloatsOf(Shape shape, Layout layout) =>
        layout == Layout.Bits ? shape.Count / 32 + 1 : shape.Count;

    internal float* Data => (float*)Address;

    internal long Count => Shape.Count;

    /// <summary>One value; slow and readable, for the reference operations.</summary>
    internal ref float this[int n, int c, int y, int x] => ref Data[IndexOf(n, c, y, x)];

    private long IndexOf(int n, int c, int y, int x) => Layout == Layout.Planar
        ? (((long)n * Shape.Channels + c) * Shape.Height + y) * Shape.Width + x
        : ((((long)n * (Shape.Channels / Block) + c / Block) * Shape.Height + y) * Shape.Width + x) * Block + c % Block;
}
