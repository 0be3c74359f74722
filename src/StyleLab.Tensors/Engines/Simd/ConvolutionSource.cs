using System.Runtime.CompilerServices;

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

    /// <summary>Copies what the 16 channels count at neighbouring positions of a row; zeros beyond the edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRow(int plane, int row, int column, int count, float* target)
    {
        bool isInside = row >= 0 && row < UsedHeight;
        int first = isInside ? Math.Clamp(-column, 0, count) : count;
        int last = isInside ? Math.Clamp(UsedWidth - column, first, count) : count;
        new Span<float>(target, first * Storage.Block).Clear();
        new Span<float>(target + last * Storage.Block, (count - last) * Storage.Block).Clear();
        if (first == last)
            return;

        ushort* bits = !Mask.Exists ? null : MaskBits.At(Mask, plane, row, column);
        if (IsPooled)
            for (int i = first; i < last; i++)
                MaskBits.Share(At(plane, row, column + i), Share, bits[i], target + i * Storage.Block);
        else if (bits != null)
            MaskBits.Copy(At(plane, row, column + first), last - first, bits + first, target + first * Storage.Block);
        else
            new ReadOnlySpan<float>(At(plane, row, column + first), (last - first) * Storage.Block)
                .CopyTo(new Span<float>(target + first * Storage.Block, (last - first) * Storage.Block));
    }
}
