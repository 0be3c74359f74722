using StyleLab.Weights.Onnx;

namespace StyleLab.Networks.Onnx;

/// <summary>An operation of the graph, its settings, and how messages speak of it.</summary>
/// <param name="node">The operation.</param>
/// <param name="what">The file as messages call it, at the beginning of a sentence.</param>
internal sealed class OnnxOperation(OnnxNode node, string what)
{
    public string Kind => node.Operation;

    public IReadOnlyList<string> Inputs => node.Inputs;

    public IReadOnlyList<string> Outputs => node.Outputs;

    /// <summary>Its name, or that of what comes out of it.</summary>
    public string Name => node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault() is { Length: > 0 } output ? output : node.Operation;

    /// <summary>The tensor in it, for a constant.</summary>
    public Weights.StoredTensor? Tensor(string setting) => node.Attributes.GetValueOrDefault(setting)?.Tensor;

    public long Number(string setting, long otherwise) => node.Attributes.GetValueOrDefault(setting)?.Number ?? otherwise;

    public float Single(string setting, float otherwise) => node.Attributes.GetValueOrDefault(setting)?.Single ?? otherwise;

    public string Text(string setting, string otherwise) => node.Attributes.GetValueOrDefault(setting)?.Text ?? otherwise;

    public IReadOnlyList<long>? Numbers(string setting) => node.Attributes.GetValueOrDefault(setting)?.Numbers;

    /// <summary>The one value that a setting has for both axes.</summary>
    /// <exception cref="StyleLabException">There are two, or it is not from 1 to <paramref name="most"/>.</exception>
    public int Square(string setting, int otherwise, int most, string meaning)
    {
        var numbers = Numbers(setting) ?? [otherwise, otherwise];
        return numbers is [var height, var width] && height == width && height >= 1 && height <= most
            ? (int)height
            : throw Refused($"has {meaning} {string.Join("×", numbers)}; read are square ones from 1×1 to {most}×{most}");
    }

    /// <summary>Positions added above, on the left, below and on the right.</summary>
    /// <param name="height">Height of the window that moves over the padded map.</param>
    /// <param name="width">Its width.</param>
    /// <param name="stride">Positions between two places of it.</param>
    public (int Top, int Left, int Bottom, int Right) Padding(int height, int width, int stride)
    {
        // How much is enough for as many values as strides depends on the size of the picture; for a multiple of the stride it is this.
        int rows = Math.Max(height - stride, 0), columns = Math.Max(width - stride, 0);
        switch (Text("auto_pad", "NOTSET"))
        {
            case "SAME_UPPER": return (rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
            case "SAME_LOWER": return (rows - rows / 2, columns - columns / 2, rows / 2, columns / 2);
            case "VALID": return default;
        }
        var pads = Numbers("pads") ?? [0, 0, 0, 0];
        return pads is [var top, var left, var bottom, var right] && pads.All(pad => pad is >= 0 and <= OnnxNetwork.LargestSize)
            ? ((int)top, (int)left, (int)bottom, (int)right)
            : throw Refused($"has a padding of {string.Join(", ", pads)}; read are four numbers from 0 to {OnnxNetwork.LargestSize}");
    }

    /// <summary>An error about this operation.</summary>
    /// <param name="problem">What is wrong, such as <c>has 4 groups</c>.</param>
    public StyleLabException Refused(string problem) => new($"{what} cannot be used as a loss network: its operation {Quoted.Text(Name)} ({Quoted.Text(Kind)[1..^1]}) {problem}.");
}
