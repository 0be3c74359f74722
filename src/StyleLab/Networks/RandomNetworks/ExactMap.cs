using StyleLab.Tensors;

namespace StyleLab.Networks;

/// <summary>
/// A feature map whose layers are computed with the same bits on every machine: every sum has one order, and nothing is a fused
/// multiply-add, so that the width of the vectors does not matter. Slower than the engine, for which only one machine counts.
/// </summary>
/// <param name="Channels">Number of channels.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Values">[row][column][channel]</param>
internal sealed record ExactMap(int Channels, int Height, int Width, float[] Values)
{
    public ExactMap(int channels, int height, int width) : this(channels, height, width, new float[channels * height * width]) { }

    public static ExactMap Of(Picture picture, Preprocessing input)
    {
        var map = new ExactMap(3, picture.Height, picture.Width);
        for (var row = 0; row < map.Height; row++)
            for (var column = 0; column < map.Width; column++)
                for (var channel = 0; channel < 3; channel++)
                    map.At(row, column)[channel] =
                        input.Scale(channel) * picture[input.PictureChannel(channel), row, column] + input.Offset(channel);
        return map;
    }

    /// <summary>The channels at one position.</summary>
    public Span<float> At(int row, int column) => Values.AsSpan((row * Width + column) * Channels, Channels);

    /// <summary>Adds a border.</summary>
    public ExactMap Pad(Padding padding, int border)
    {
        var result = new ExactMap(Channels, Height + 2 * border, Width + 2 * border);
        for (var row = 0; row < result.Height; row++)
            for (var column = 0; column < result.Width; column++)
            {
                var (sourceRow, sourceColumn) = (padding.Source(row - border, Height), padding.Source(column - border, Width));
                if (sourceRow >= 0 && sourceColumn >= 0)
                    At(sourceRow, sourceColumn).CopyTo(result.At(row, column));
            }
        return result;
    }

    /// <summary>For each channel c, factors[c] · x + offsets[c], and zero where that is negative.</summary>
    public ExactMap ScaledRelu(float[] factors, float[] offsets)
    {
        var result = new ExactMap(Channels, Height, Width);
        for (var i = 0; i < Values.Length; i++)
        {
            var scaled = factors[i % Channels] * Values[i];
            result.Values[i] = Math.Max(scaled + offsets[i % Channels], 0);
        }
        return result;
    }

    /// <summary>The mean of each window, over what of it lies inside.</summary>
    public ExactMap AveragePool(PoolWindow window)
    {
        var result = new ExactMap(Channels, window.Count(Height), window.Count(Width));
        for (var row = 0; row < result.Height; row++)
            for (var column = 0; column < result.Width; column++)
            {
                var target = result.At(row, column);
                var (top, bottom, left, right) = (window.Begin(row), window.End(row, Height), window.Begin(column), window.End(column, Width));
                for (var i = top; i < bottom; i++)
                    for (var j = left; j < right; j++)
                        for (var channel = 0; channel < Channels; channel++)
                            target[channel] += At(i, j)[channel];
                float count = (bottom - top) * (right - left);
                foreach (ref var value in target)
                    value /= count;
            }
        return result;
    }

    /// <summary>The channels of this map, then those of <paramref name="other"/>.</summary>
    public ExactMap Concatenate(ExactMap other)
    {
        var result = new ExactMap(Channels + other.Channels, Height, Width);
        for (var row = 0; row < Height; row++)
            for (var column = 0; column < Width; column++)
            {
                At(row, column).CopyTo(result.At(row, column));
                other.At(row, column).CopyTo(result.At(row, column)[Channels..]);
            }
        return result;
    }
}
