namespace StyleLab.Networks.Onnx;

// Convolutions, poolings and borders.
internal sealed partial class OnnxNetwork
{
    private OnnxMap Convolution(OnnxOperation operation, OnnxMap map, List<WeightArray?> constants)
    {
        if (operation.Number("group", 1) != 1)
            throw operation.Refused($"has {operation.Number("group", 1)} groups, and only convolutions over all channels are read");
        if (operation.Numbers("dilations") is { } dilations && dilations.Any(dilation => dilation != 1))
            throw operation.Refused($"has dilations of {string.Join(", ", dilations)}, and only filters without gaps are read");
        if (constants.ElementAtOrDefault(0) is not { Shape: [var outputs, var inputs, var height, var width] } weight
            || height is < 1 or > LargestSize || width is < 1 or > LargestSize || outputs < 1)
            throw operation.Refused($"has filters of shape {constants.ElementAtOrDefault(0)?.ToString() ?? "nothing"}; read are those from 1×1 to {LargestSize}×{LargestSize}");
        if (inputs != map.Channels)
            throw operation.Refused($"has filters for {inputs} channels and gets {map.Channels}{(map.Layer == Architecture.InputLayer ? "; a loss network takes pictures of 3" : "")}");
        if (constants.ElementAtOrDefault(1) is { } offsets && (offsets.Shape.Length != 1 || offsets.Values.Length != outputs))
            throw operation.Refused($"has offsets of shape {offsets}, expected [{outputs}]");

        int stride = operation.Square("strides", 1, LargestSize, "strides of");
        int size = Math.Max(height, width), top = (size - height) / 2, left = (size - width) / 2;
        _numbers.Take((long)outputs * inputs * size * size);
        // Of filters that are not square the rest is zeros, which see more but take nothing of it.
        if (height != width)
            weight = Squared(weight, size, top, left);
        var given = operation.Padding(height, width, stride);
        (int Top, int Left, int Bottom, int Right) pads =
            (given.Top + top, given.Left + left, given.Bottom + size - height - top, given.Right + size - width - left);
        int? padding = EvenPadding(pads, size, stride);
        if (padding is null)
            map = Bordered(operation, map, pads);
        var result = With(operation, map, name => new ConvolutionLayer(name, inputs, outputs, size, stride, padding ?? 0), outputs);
        _weights[result.Layer] = new(weight, constants.ElementAtOrDefault(1) ?? new([outputs], new float[outputs]));
        return result;
    }

    private static WeightArray Squared(WeightArray filters, int size, int top, int left)
    {
        int height = filters.Shape[2], width = filters.Shape[3], count = filters.Shape[0] * filters.Shape[1];
        var values = new float[count * size * size];
        for (int filter = 0; filter < count; filter++)
            for (int row = 0; row < height; row++)
                filters.Values.AsSpan((filter * height + row) * width, width).CopyTo(values.AsSpan((filter * size + top + row) * size + left));
        return new([filters.Shape[0], filters.Shape[1], size, size], values);
    }

    /// <summary>The padding that is the same on all sides; null if there is none.</summary>
    private static int? EvenPadding((int Top, int Left, int Bottom, int Right) pads, int size, int stride)
    {
        if (pads.Top != pads.Left || pads.Bottom != pads.Right)
            return null;
        // Exporters leave out the last rows that no filter reaches where the picture is a multiple of the stride.
        bool isCutOff = size % 2 == 1 && pads.Top == size / 2 && pads.Bottom < pads.Top && pads.Top - pads.Bottom < stride;
        return pads.Top == pads.Bottom || isCutOff ? pads.Top : null;
    }

    private OnnxMap Bordered(OnnxOperation operation, OnnxMap map, (int Top, int Left, int Bottom, int Right) pads) =>
        With(operation, map, name => new PadLayer(name, pads.Top, pads.Bottom, pads.Left, pads.Right), suffix: "/border");

    private OnnxMap LeakyRelu(OnnxOperation operation, OnnxMap map)
    {
        float slope = operation.Single("alpha", 0.01f);
        return slope is >= 0 and <= 1
            ? With(operation, map, name => new ReluLayer(name) { Slope = slope })
            : throw operation.Refused(FormattableString.Invariant($"multiplies negative values by {slope}; read are 0 to 1"));
    }

    private OnnxMap Pool(OnnxOperation operation, OnnxMap map)
    {
        if (operation.Numbers("dilations") is { } dilations && dilations.Any(dilation => dilation != 1))
            throw operation.Refused($"has dilations of {string.Join(", ", dilations)}, and only windows without gaps are read");
        int size = operation.Square("kernel_shape", 0, LargestSize, "windows of");
        int stride = operation.Square("strides", 1, LargestSize, "strides of");
        var pads = operation.Padding(size, size, stride);
        bool averages = operation.Kind == "AveragePool";
        // What is added counts: then it is a border like any other.
        if (averages && operation.Number("count_include_pad", 0) != 0 && pads != default)
        {
            map = Bordered(operation, map, pads);
            pads = default;
        }
        if (pads.Top != pads.Left || pads.Bottom != pads.Right || pads.Top >= size || pads.Bottom >= size)
            throw operation.Refused($"has a padding of {pads.Top}, {pads.Left}, {pads.Bottom}, {pads.Right}; read is one that is the same for rows and columns and below {size}");
        return With(operation, map, name => new PoolLayer(name, size, stride, operation.Number("ceil_mode", 0) != 0)
        {
            Averages = averages, Before = pads.Top, After = pads.Bottom,
        });
    }

    private OnnxMap Pad(OnnxOperation operation, OnnxMap map, List<WeightArray?> constants)
    {
        string mode = operation.Text("mode", "constant");
        float value = constants.ElementAtOrDefault(1)?.Values is [var given] ? given : operation.Single("value", 0);
        if (mode is not ("constant" or "reflect" or "edge") || value != 0)
            throw operation.Refused(FormattableString.Invariant($"fills its border by '{mode}' with {value}; read are zeros, reflections and repeated edges"));
        var pads = operation.Numbers("pads")?.Select(pad => (double)pad).ToList() ?? constants.ElementAtOrDefault(0)?.Values.Select(pad => (double)pad).ToList() ?? [];
        // Before each axis (picture, channel, row, column), then behind each.
        if (pads is not [0, 0, var top, var left, 0, 0, var bottom, var right] || pads.Any(pad => pad is not (>= 0 and <= LargestSize)))
            throw operation.Refused($"has a border of {string.Join(", ", pads.Take(8))}; read are rows and columns from 0 to {LargestSize}");
        return With(operation, map, name => new PadLayer(name, (int)top, (int)bottom, (int)left, (int)right));
    }
}
