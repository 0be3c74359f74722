namespace StyleLab.Tensors;

/// <summary>What a convolution sees beyond the edge of its input.</summary>
public enum Padding
{
    /// <summary>Zeros, as VGG was trained; leaves a rim at the edges of a synthesised picture.</summary>
    Zero,

    /// <summary>The edge value repeated: a a | a b c.</summary>
    Replicate,

    /// <summary>The picture mirrored at its edge, the edge not repeated: c b | a b c.</summary>
    Reflect,
}

/// <summary>Where a position beyond the edge takes its value from.</summary>
public static class PaddingRule
{
    /// <summary>The index inside 0..size−1 that stands for <paramref name="index"/>, or −1 for a zero.</summary>
    public static int Source(this Padding padding, int index, int size)
    {
        if ((uint)index < (uint)size)
            return index;
        if (padding == Padding.Zero)
            return -1;
        if (padding == Padding.Replicate || size == 1)
            return Math.Clamp(index, 0, size - 1);
        int period = 2 * (size - 1);
        int folded = ((index % period) + period) % period;
        return folded < size ? folded : period - folded;
    }
}
