using System.Numerics;
using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// What Winograd's convolution reads: a feature map; or a gradient that counts only where a mask is set; or such a gradient at
/// the values that 2×2 pooling left of a map, each standing for a window of it.
/// </summary>
/// <param name="values">In blocks of 16 channels.</param>
/// <param name="mask">In bits; none if its address is 0, which it is not with a pool.</param>
/// <param name="pool">What has pooled.</param>
internal readonly unsafe struct ConvolutionSource(Storage values, Storage mask, FusedPool pool)
{
    public Storage Values { get; } = values;
    public Storage Mask { get; } = mask;

    public bool IsPooled { get; } = pool != FusedPool.None;

    /// <summary>What of a pooled value's gradient each place of the window gets that the mask allows.</summary>
    public float Share { get; } = pool == FusedPool.Average ? 0.25f : 1;

    public int Blocks => Values.Shape.Channels / Storage.Block;
    public int Height => IsPooled ? Mask.Shape.Height : Values.Shape.Height;
    public int Width => IsPooled ? Mask.Shape.Width : Values.Shape.Width;

    /// <summary>The height without a last odd row, which belongs to no window.</summary>
    public int UsedHeight => IsPooled ? 2 * Values.Shape.Height : Height;

    /// <summary>The width without a last odd column.</summary>
    public int UsedWidth => IsPooled ? 2 * Values.Shape.Width : Width;

    /// <summary>The value at a position of the map, or the pooled value that stands for it.</summary>
    public float* At(int plane, int row, int column) => IsPooled
        ? Values.Data + (((long)plane * Values.Shape.Height + row / 2) * Values.Shape.Width + column / 2) * Storage.Block
        : Values.Data + (((long)plane * Height + row) * Width + column) * Storage.Block;

    /// <summary>Copies what the 16 channels at a position count; zeros beyond the edges.</summary>
    public void CopyPosition(int plane, int row, int column, float* target)
    {
        if (row < 0 || column < 0 || row >= UsedHeight || column >= UsedWidth)
        {
            new Span<float>(target, Storage.Block).Clear();
            return;
        }
        float* source = At(plane, row, column);
        for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
            Vector.Store(IsPooled ? Vector.Load(source + lane) * new Vector<float>(Share) : Vector.Load(source + lane), target + lane);
        if (Mask.Address != 0)
            MaskBits.Copy(target, 1, MaskBits.At(Mask, plane, row, column), target);
    }
}
