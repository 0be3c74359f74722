using static StyleLab.Tests.Networks.Onnx.OnnxBytes;

namespace StyleLab.Tests.Networks.Onnx;

/// <summary>Small networks as ONNX files: one with what exporters write, others with something that is not read.</summary>
public static class OnnxModels
{
    /// <summary>The layers of <see cref="Residual"/> in words.</summary>
    public const string Description = """
        {
          "input": "bgr, 0..255, mean 1 2 3",
          "layers": [
            { "kind": "conv", "name": "conv1", "channels": 16, "size": 7, "stride": 2, "bias": false },
            { "kind": "batchnorm", "name": "norm1", "epsilon": 0.001 },
            { "kind": "relu", "name": "relu1", "slope": 0.125 },
            { "kind": "pool", "name": "pool1", "size": 3, "stride": 2, "padding": 1, "paddingAfter": 0 },
            { "kind": "conv", "name": "conv2", "channels": 16 },
            { "kind": "add", "name": "sum1", "from": ["conv2", "pool1"] },
            { "kind": "relu", "name": "relu2" },
            { "kind": "pad", "name": "border", "top": 1, "bottom": 2, "left": 1, "right": 2 },
            { "kind": "conv", "name": "conv3", "channels": 8, "size": 4, "padding": 0 },
            { "kind": "relu", "name": "relu3" },
            { "kind": "concat", "name": "both", "from": ["relu3", "relu2"] }
          ]
        }
        """;

    /// <summary>Its tensors.</summary>
    public static IReadOnlyDictionary<string, WeightArray> Tensors { get; } = MadeTensors();

    /// <summary>Convolutions, a normalisation, a sum, channels put together, a border whose widths are computed, and a classifier.</summary>
    public static byte[] Residual(Form form = Form.Raw) => Model(
    [
        // Padding as exporters write it: no rows that no filter reaches where the picture is even.
        Node("Conv", "picture conv1.weight", "conv1", Attribute("kernel_shape", 7, 7), Attribute("strides", 2, 2), Attribute("pads", 3, 3, 2, 2), Attribute("group", 1)),
        Node("BatchNormalization", "conv1 norm1.weight norm1.bias norm1.running_mean norm1.running_var", "norm1", Attribute("epsilon", 0.001f)),
        Node("LeakyRelu", "norm1", "relu1", Attribute("alpha", 0.125f)),
        Node("MaxPool", "relu1", "pool1", Attribute("kernel_shape", 3, 3), Attribute("strides", 2, 2), Attribute("pads", 1, 1, 0, 0)),
        Node("Conv", "pool1 conv2.weight conv2.bias", "conv2", Attribute("pads", 1, 1, 1, 1)),
        Node("Add", "conv2 pool1", "sum1"),
        Node("Relu", "sum1", "relu2"),
        // [1, 2, −1] in turns: 1 1 before rows and columns, 2 2 behind, of which a border is made as PyTorch's exporter does.
        Node("Constant", "_", "two", Attribute("value", Tensor("", 0, 0))),
        Node("Slice", "pads first second", "ends"),
        Node("Concat", "two ends ends", "wide", Attribute("axis", 0)),
        Node("Reshape", "wide shape", "pairs"),
        Node("Transpose", "pairs", "turned", Attribute("perm", 0, 1)),
        Node("Cast", "turned", "whole", Attribute("to", 7)),
        Node("Gather", "flat order", "borders"),
        Node("Pad", "relu2 borders zero", "border", Attribute("mode", "constant")),
        Node("Conv", "border conv3.weight conv3.bias", "conv3", Attribute("auto_pad", "VALID")),
        // Twice the half: factors become part of the convolution.
        Node("Mul", "conv3 half", "scaled"),
        Node("Mul", "scaled doubles", "unscaled"),
        Node("Relu", "unscaled", "relu3"),
        Node("Identity", "relu3", "same"),
        Node("Concat", "same relu2", "both", Attribute("axis", 1)),
        Node("GlobalAveragePool", "both", "mean"),
        Node("Flatten", "mean", "flatly"),
        Node("Gemm", "flatly classes classes", "scores"),
    ],
    [
        .. Tensors.Select(tensor => Tensor(tensor.Key, tensor.Value, form)), Tensor("pads", 1, 2, -1), Tensor("first", 0), Tensor("second", 2), Tensor("shape", -1, 2),
        Tensor("flat", 0, 0, 1, 1, 0, 0, 2, 2), Tensor("order", 0, 1, 2, 3, 4, 5, 6, -1),
        Tensor("zero", new WeightArray([], [0])), Tensor("half", new WeightArray([], [0.5f])), Tensor("doubles", new WeightArray([1, 8, 1, 1], [.. Enumerable.Repeat(2f, 8)])),
        Tensor("classes", new WeightArray([2], [float.NaN, 1])),
    ], "scores", metadata: [("input", "bgr, 0..255, mean 1 2 3")]);

    /// <summary>A network with something that is not read.</summary>
    public static byte[] Refused(string kind)
    {
        var weight = Tensor("w", new WeightArray([4, 3, 3, 3], new float[108]));
        byte[] Convolution(params byte[][] attributes) => Node("Conv", "picture w", "conv", attributes);
        return kind switch
        {
            "groups" => Model([Convolution(Attribute("group", 2))], [weight], "conv"),
            "dilations" => Model([Convolution(Attribute("dilations", 2, 2))], [weight], "conv"),
            "channels" => Model([Convolution()], [Tensor("w", new WeightArray([4, 4, 3, 3], new float[144]))], "conv"),
            "unknown" => Model([Convolution(), Node("Resize", "conv", "up")], [weight], "up"),
            "missing" => Model([Node("Conv", "picture nowhere", "conv")], [], "conv"),
            "product" => Model([Convolution(), Node("Mul", "conv conv", "y")], [weight], "y"),
            "sizes" => Model([Convolution(Attribute("pads", 1, 1, 1, 1)), Node("MaxPool", "conv", "pool", Attribute("kernel_shape", 2, 2), Attribute("strides", 2, 2)), Node("Relu", "pool", "relu"), Node("Add", "relu conv", "y")], [weight], "y"),
            "inputs" => WithSecondInput(weight),
            "none" => Model([Node("Relu", "picture", "y")], [], "y"),
            "elsewhere" => Model([Convolution()], [[.. weight, .. Number(14, 1)]], "conv"),
            "many numbers" => Model([Convolution(), Node("ConstantOfShape", "sizes", "ones"), Node("Add", "conv ones", "y")], [weight, Tensor("sizes", 2000, 2000)], "y"),
            "border" => Model([Convolution(), Node("Pad", "conv", "y", Attribute("pads", 0, 0, 1, 1, 0, 0, 1, 1), Attribute("value", 3f))], [weight], "y"),
            _ => throw new ArgumentException(kind),
        };
    }

    private static byte[] WithSecondInput(byte[] weight)
    {
        byte[] graph =
        [
            .. Field(1, Node("Conv", "picture w", "conv")), .. Field(5, weight), .. Field(11, Field(1, "picture"u8.ToArray())),
            .. Field(11, Field(1, "other"u8.ToArray())), .. Field(12, Field(1, "conv"u8.ToArray())),
        ];
        return [.. Number(1, 8), .. Field(2, "test"u8.ToArray()), .. Field(7, graph)];
    }

    private static Dictionary<string, WeightArray> MadeTensors()
    {
        var random = new Random(9);
        WeightArray Of(double low, double high, params int[] shape) =>
            new(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(low + (high - low) * random.NextDouble()))]);
        return new()
        {
            ["conv1.weight"] = Of(-0.1, 0.1, 16, 3, 7, 7),
            ["norm1.weight"] = Of(0.5, 1.5, 16), ["norm1.bias"] = Of(-0.5, 0.5, 16), ["norm1.running_mean"] = Of(-1, 1, 16), ["norm1.running_var"] = Of(0.5, 2, 16),
            ["conv2.weight"] = Of(-0.1, 0.1, 16, 16, 3, 3), ["conv2.bias"] = Of(-0.5, 0.5, 16),
            ["conv3.weight"] = Of(-0.1, 0.1, 8, 16, 4, 4), ["conv3.bias"] = Of(-0.5, 0.5, 8),
        };
    }
}
