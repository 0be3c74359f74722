namespace StyleLab.Tensors.Engines;

/// <summary>How an engine orders the values of one tensor in memory. Only the engine itself follows it; one of another assembly may cast numbers of its own.</summary>
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

/// <summary>
/// The place of one tensor in an engine's memory. A plan hands the same storages to an operation in every run, and equal ones are equal: an
/// engine may keep what it derives from one, such as a view of a device's memory.
/// </summary>
/// <param name="memory">What <see cref="IEngine.Allocate"/> gave.</param>
/// <param name="offset">Where in it the tensor begins, in floats.</param>
/// <param name="shape">The sizes of the tensor.</param>
/// <param name="layout">The order of its values.</param>
public readonly unsafe struct Storage(nint memory, long offset, Shape shape, Layout layout) : IEquatable<Storage>
{
    /// <summary>Channels that lie side by side in <see cref="Layout.ChannelBlocks"/>.</summary>
    public const int Block = 16;

    /// <summary>What <see cref="IEngine.Allocate"/> gave; 0 where there is no tensor.</summary>
    public readonly nint Memory = memory;

    /// <summary>For engines whose memory is that of the process: the tensor's address, <see cref="Offset"/> floats from <see cref="Memory"/>.</summary>
    public readonly nint Address = memory + (nint)(offset * sizeof(float));

    /// <summary>The sizes of the tensor.</summary>
    public readonly Shape Shape = shape;

    /// <summary>The order of its values, as <see cref="IEngine.LayoutOf"/> or <see cref="IEngine.LayoutOfMask"/> said.</summary>
    public readonly Layout Layout = layout;

    /// <summary>Where in <see cref="Memory"/> the tensor begins, in floats; a multiple of 1024.</summary>
    public long Offset => (Address - Memory) / sizeof(float);

    /// <summary>False where an operation is given no tensor: no mask, nothing to add.</summary>
    public bool Exists => Memory != 0;

    internal float* Data => (float*)Address;

    internal long Count => Shape.Count;

    /// <summary>One value; slow and readable, for the reference operations.</summary>
    internal ref float this[int n, int c, int y, int x] => ref Data[IndexOf(n, c, y, x)];

    /// <summary>The floats that a tensor needs in one of the layouts here. Bits are read two positions at a time, so one more follows.</summary>
    internal static long FloatsOf(Shape shape, Layout layout) =>
        layout == Layout.Bits ? shape.Count / 32 + 1 : shape.Count;

    /// <summary>True for the same place, shape and order.</summary>
    public bool Equals(Storage other) => Address == other.Address && Memory == other.Memory && Shape == other.Shape && Layout == other.Layout;

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is Storage storage && Equals(storage);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Shape, Layout);

    /// <summary>True for the same place, shape and order.</summary>
    public static bool operator ==(Storage a, Storage b) => a.Equals(b);

    /// <summary>False for the same place, shape and order.</summary>
    public static bool operator !=(Storage a, Storage b) => !a.Equals(b);

    private long IndexOf(int n, int c, int y, int x) => Layout == Layout.Planar
        ? (((long)n * Shape.Channels + c) * Shape.Height + y) * Shape.Width + x
        : ((((long)n * (Shape.Channels / Block) + c / Block) * Shape.Height + y) * Shape.Width + x) * Block + c % Block;
}
