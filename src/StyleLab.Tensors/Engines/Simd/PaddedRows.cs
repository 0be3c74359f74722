using System.Runtime.CompilerServices;
using System.Numerics;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>Copies rows of a feature map together with their border, in blocks of 16 channels.</summary>
internal static unsafe class PaddedRows
{
    /// <summary>
    /// Writes rows firstRow .. firstRow+rows−1 (which may lie beyond the edges) with <paramref name="border"/> more
    /// positions left and right to <paramref name="target"/> as [channels/16][rows][width + 2·border][16].
    /// A block with fewer than 16 channels fills only its first lanes.
    /// </summary>
    /// <param name="x">The feature map.</param>
    /// <param name="mask">Zeros are written where it is not set; none if its address is 0.</param>
    /// <param name="n">Which picture of the batch.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="border">Positions added left and right.</param>
    /// <param name="padding">Where values beyond the edges come from.</param>
    /// <param name="target">Receives the rows.</param>
    public static void Gather(Storage x, Storage mask, int n, int firstRow, int rows, int border, Padding padding, float* target)
    {
        int width = x.Shape.Width, height = x.Shape.Height, channels = x.Shape.Channels;
        int paddedWidth = width + 2 * border;
        for (int block = 0; block < channels; block += Storage.Block)
            for (int i = 0; i < rows; i++, target += (long)paddedWidth * Storage.Block)
            {
                int row = padding.Source(firstRow + i, height);
                if (row < 0)
                {
                    new Span<float>(target, paddedWidth * Storage.Block).Clear();
                    continue;
                }
                float* inner = target + border * Storage.Block;
                CopyRow(x, n, block, row, inner);
                if (mask.Exists)
                    MaskRow(mask, n, block, row, inner);
                for (int b = 1; b <= border; b++)
                {
                    Fill(inner, padding.Source(-b, width), -b);
                    Fill(inner, padding.Source(width - 1 + b, width), width - 1 + b);
                }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRow(Storage x, int n, int block, int row, float* target)
    {
        int width = x.Shape.Width, height = x.Shape.Height, channels = x.Shape.Channels;
        if (x.Layout == Layout.ChannelBlocks)
        {
            long offset = (((long)n * channels + block) * height + (long)row * Storage.Block) * width;
            new ReadOnlySpan<float>(x.Data + offset, width * Storage.Block).CopyTo(new Span<float>(target, width * Storage.Block));
            return;
        }
        int lanes = Math.Min(Storage.Block, channels - block);
        for (int lane = 0; lane < lanes; lane++)
        {
            float* plane = x.Data + (((long)n * channels + block + lane) * height + row) * width;
            for (int i = 0; i < width; i++)
                target[i * Storage.Block + lane] = plane[i];
        }
        // The tile kernel reads all 16 lanes of a block unless there is only one block.
        for (int lane = lanes; lane < Storage.Block && channels > Storage.Block; lane++)
            for (int i = 0; i < width; i++)
                target[i * Storage.Block + lane] = 0;
    }

    /// <summary>Clears the values of a row whose mask is not set.</summary>
    private static void MaskRow(Storage mask, int n, int block, int row, float* target)
    {
        int lanes = Math.Min(Storage.Block, mask.Shape.Channels - block);
        if (mask.Layout == Layout.Planar)
        {
            for (int lane = 0; lane < lanes; lane++)
                for (int i = 0; i < mask.Shape.Width; i++)
                    if (!(mask[n, block + lane, row, i] > 0))
                        target[i * Storage.Block + lane] = 0;
            return;
        }
        MaskBits.Copy(target, mask.Shape.Width, MaskBits.At(mask, (n * mask.Shape.Channels + block) / Storage.Block, row, 0), target);
    }

    /// <summary>Copies the 16 values at one position of the row to another, or clears them when the source is −1.</summary>
    private static void Fill(float* row, int source, int destination)
    {
        var to = new Span<float>(row + destination * Storage.Block, Storage.Block);
        if (source < 0)
            to.Clear();
        else
            new ReadOnlySpan<float>(row + source * Storage.Block, Storage.Block).CopyTo(to);
    }
}
