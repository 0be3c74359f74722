using StyleLab.Networks;

namespace StyleLab;

// Averages in place of strides.
public sealed partial class LossNetwork
{
    // The network as it skips, for one that averages.
    private LossNetwork? _skipping;

    /// <summary>What convolutions with a stride do: <see cref="Striding.Skip"/>, unless chosen otherwise here or by the network's own description.</summary>
    public Striding Striding { get; private init; }

    /// <summary>The same network and weights with something else in place of strides.</summary>
    /// <remarks>
    /// An unstrided convolution and the mean of s×s positions after it are one convolution with a stride of s, whose filters are larger by s − 1 and
    /// hold the mean of the shifted ones: that is what <see cref="Architecture"/> and <see cref="Weights"/> show then, and what is computed.
    /// A last odd row or column is left out, as a pooling does.
    /// </remarks>
    /// <exception cref="StyleLabException">There is no such choice.</exception>
    public LossNetwork WithStriding(Striding striding)
    {
        if (!Enum.IsDefined(striding))
            throw new StyleLabException($"There is no striding {(int)striding}; use Striding.Skip or Striding.Average.");
        if (striding == Striding)
            return this;
        if (striding == Striding.Skip)
            return _skipping is { } skipping
                ? skipping.WithPooling(Pooling).WithPadding(Padding).WithContentScale(Architecture.ContentScale)
                : throw new StyleLabException($"{Name} was made from a network whose strides are averages; make it again from one that skips.");
        var strided = Architecture.Convolutions.Where(layer => layer.Stride > 1).Select(layer => layer.Name).ToHashSet();
        var architecture = Architecture with
        {
            Layers = [.. Architecture.Layers.Select(layer => strided.Contains(layer.Name) ? Averaging((ConvolutionLayer)layer) : layer)],
        };
        var weights = Architecture.Convolutions.ToDictionary(layer => layer.Name, layer => strided.Contains(layer.Name)
            ? new ConvolutionWeights(Averaged(Weights(layer.Name).Weight, layer.Stride), Weights(layer.Name).Bias)
            : Weights(layer.Name));
        return new(Name, architecture, Pooling, Source, weights) { Padding = Padding, Striding = Striding.Average, _skipping = this };
    }

    private static ConvolutionLayer Averaging(ConvolutionLayer layer) => layer with { Size = layer.Size + layer.Stride - 1 };

    /// <summary>The mean of the filters shifted by 0 to <paramref name="stride"/> − 1 positions down and across.</summary>
    private static WeightArray Averaged(WeightArray filters, int stride)
    {
        int size = filters.Shape[2], larger = size + stride - 1, count = filters.Shape[0] * filters.Shape[1];
        var values = new float[count * larger * larger];
        for (int filter = 0; filter < count; filter++)
            for (int row = 0; row < larger; row++)
                for (int column = 0; column < larger; column++)
                {
                    double sum = 0;
                    for (int i = Math.Max(0, row - stride + 1); i <= Math.Min(row, size - 1); i++)
                        for (int j = Math.Max(0, column - stride + 1); j <= Math.Min(column, size - 1); j++)
                            sum += filters.Values[(filter * size + i) * size + j];
                    values[(filter * larger + row) * larger + column] = (float)(sum / (stride * stride));
                }
        return new([filters.Shape[0], filters.Shape[1], larger, larger], values);
    }
}
