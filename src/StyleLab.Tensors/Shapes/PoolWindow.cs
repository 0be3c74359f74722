namespace StyleLab.Tensors;

/// <summary>The windows of a pooling: <paramref name="Size"/>×<paramref name="Size"/> positions, <paramref name="Stride"/> apart.</summary>
/// <param name="Size">Height and width of a window, at least 1.</param>
/// <param name="Stride">Positions between two windows, at least 1.</param>
/// <param name="Partial">
/// True when a last window that reaches beyond the edge counts, with what it holds (PyTorch's ceil mode); false leaves it out.
/// </param>
public readonly record struct PoolWindow(int Size, int Stride, bool Partial = false)
{
    /// <summary>Windows of 2×2 that do not overlap, as in VGG.</summary>
    public static readonly PoolWindow Two = new(2, 2);

    /// <summary>Number of windows along an axis of the given length; 0 or less when it is too short for one.</summary>
    public int Count(int length)
    {
        if (!Partial)
            return length < Size ? 0 : (length - Size) / Stride + 1;
        int windows = (Math.Max(length - Size, 0) + Stride - 1) / Stride + 1;
        // A window must begin inside.
        return (windows - 1) * Stride >= length ? windows - 1 : windows;
    }

    /// <summary>First position after the window that begins at <paramref name="start"/>, cut at <paramref name="length"/>.</summary>
    internal int End(int start, int length) => Math.Min(start + Size, length);

    /// <summary>The first window that touches a position.</summary>
    internal int FirstTouching(int position) => position < Size ? 0 : (position - Size) / Stride + 1;

    /// <summary>The last window that begins at a position or before it.</summary>
    internal int LastTouching(int position, int windows) => Math.Min(position / Stride, windows - 1);
}
