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

    /// <summary>Positions by which the first window begins before the edge, less than <see cref="Size"/>; it counts with what it holds inside.</summary>
    public int Before { get; init; }

    /// <summary>Positions by which a last window may end behind the edge, less than <see cref="Size"/>; it counts with what it holds inside.</summary>
    public int After { get; init; }

    /// <summary>Number of windows along an axis of the given length; 0 or less when it is too short for one.</summary>
    public int Count(int length)
    {
        int padded = length + Before + After;
        if (!Partial)
            return padded < Size ? 0 : (padded - Size) / Stride + 1;
        int windows = (Math.Max(padded - Size, 0) + Stride - 1) / Stride + 1;
        // A window must begin inside, or before.
        return (windows - 1) * Stride >= length + Before ? windows - 1 : windows;
    }

    /// <summary>The first position of a window that is inside.</summary>
    /// <param name="window">Number of the window, from 0.</param>
    public int Begin(int window) => Math.Max(window * Stride - Before, 0);

    /// <summary>The first position after what of a window is inside.</summary>
    /// <param name="window">Number of the window, from 0.</param>
    /// <param name="length">Positions along the axis.</param>
    public int End(int window, int length) => Math.Min(window * Stride - Before + Size, length);

    /// <summary>The first window that touches a position.</summary>
    internal int FirstTouching(int position) => position + Before < Size ? 0 : (position + Before - Size) / Stride + 1;

    /// <summary>The last window that begins at a position or before it.</summary>
    internal int LastTouching(int position, int windows) => Math.Min((position + Before) / Stride, windows - 1);
}
