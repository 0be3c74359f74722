namespace StyleLab.Networks.Onnx;

/// <summary>What a name in an ONNX graph stands for.</summary>
internal abstract record OnnxValue;

/// <summary>A feature map.</summary>
/// <param name="Layer">The layer that makes it; <see cref="Architecture.InputLayer"/> for the picture.</param>
/// <param name="Channels">Its channels.</param>
internal sealed record OnnxMap(string Layer, int Channels) : OnnxValue;

/// <summary>Numbers that do not depend on the picture.</summary>
/// <param name="Numbers">Shape and values.</param>
internal sealed record OnnxConstant(WeightArray Numbers) : OnnxValue;

/// <summary>What comes after the feature maps: a classifier, or what it made.</summary>
internal sealed record OnnxBeyond : OnnxValue;
