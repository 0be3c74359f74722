
namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// A vector of floats of the width an instruction set works with, so that the transforms of Winograd's convolution
/// are written once: each lane is one channel of a block of 16.
/// </summary>
internal unsafe interface ILanes<TSelf> where TSelf : unmanaged, ILanes<TSelf>
{
    static abstract int Count { get; }
    static abstract TSelf Load(float* source);
    static abstract TSelf Of(float value);

    /// <summary>Fetches a cache line that will be read soon; does nothing where the processor offers no such thing.</summary>
    static abstract void Prefetch(float* source);

    void Store(float* target);
    static abstract TSelf operator +(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>factor · a + b.</summary>
    static abstract TSelf MultiplyAdd(float factor, TSelf a, TSelf b);

    static abstract TSelf Multiply(float factor, TSelf a);
    /// <summary>The larger; not a number where a is not.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>value in the lanes whose bit is set, else 0. The bit of lane 0 is number <paramref name="lane"/> of those at
    /// <paramref name="bits"/>; two bytes beyond the 16 bits are read.</summary>
    static abstract TSelf WhereSet(ushort* bits, int lane, TSelf value);

    /// <summary>A bit for each lane, set where it is positive.</summary>
    int PositiveBits();
}
