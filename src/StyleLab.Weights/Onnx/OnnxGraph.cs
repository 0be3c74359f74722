namespace StyleLab.Weights.Onnx;

/// <summary>A network as an ONNX file tells it: operations in the order in which they can be computed, and tensors that stay in the file.</summary>
/// <param name="Nodes">The operations.</param>
/// <param name="Tensors">The numbers that come with it ("initializers").</param>
/// <param name="Inputs">Names of what goes in; older files name the tensors, too.</param>
/// <param name="Outputs">Names of what comes out.</param>
/// <param name="Metadata">Texts that the file carries.</param>
internal sealed record OnnxGraph(
    IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<StoredTensor> Tensors, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, string> Metadata);

/// <summary>One operation.</summary>
/// <param name="Operation">What it does, such as <c>Conv</c>; with its domain before it where that is not ONNX's own.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Inputs">Names of what goes in; empty for one that is left out.</param>
/// <param name="Outputs">Names of what comes out.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OnnxNode(
    string Operation, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, OnnxAttribute> Attributes);

/// <summary>A setting of an operation; one of these is there, or none where it is of a kind that no operation read here has.</summary>
/// <param name="Number">A whole number.</param>
/// <param name="Single">A number with a point.</param>
/// <param name="Text">A text.</param>
/// <param name="Numbers">Whole numbers.</param>
/// <param name="Tensor">A tensor.</param>
internal sealed record OnnxAttribute(
    long? Number = null, float? Single = null, string? Text = null, IReadOnlyList<long>? Numbers = null, StoredTensor? Tensor = null);
