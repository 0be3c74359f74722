namespace StyleLab.Weights.Onnx;

/// <summary>
/// ONNX's <c>.onnx</c>: a protocol buffer with a graph of operations and their tensors (onnx.proto of onnx.ai). Numbers are read where they lie,
/// so that a large file costs no memory before they are asked for.
/// </summary>
internal static class OnnxFile
{
    // What a file of a few bytes each makes.
    private const int MostNodes = 20_000, MostTensors = 20_000, MostNames = 1000, MostAttributes = 100, MostNumbers = 1000, LongestText = 1000, MostTexts = 1000;

    /// <summary>Whether a file's first bytes are those of such a model: a first field ir_version, at least 3, and the next one of the other fields.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) =>
        start.Length > 2 && start[0] == 0x08 && start[1] is >= 3 and < 0x80 && start[2] is 0x12 or 0x1A or 0x22 or 0x28 or 0x32 or 0x3A or 0x42;

    /// <summary>Whether a file begins so; its position stays.</summary>
    public static bool IsOne(Stream stream)
    {
        long position = stream.Position;
        var start = new byte[3];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        return IsOne(start.AsSpan(0, length));
    }

    /// <summary>The tensors, for who wants the weights alone.</summary>
    public static WeightsIndex Index(Stream stream)
    {
        var graph = Read(stream);
        return new(graph.Tensors, graph.Metadata);
    }

    /// <summary>The graph of the file, from the stream's position to its end.</summary>
    /// <exception cref="InvalidDataException">The message says, after a colon, what is wrong.</exception>
    /// <exception cref="EndOfStreamException">The file ends first.</exception>
    public static OnnxGraph Read(Stream stream)
    {
        var model = new ProtobufMessage(stream, stream.Position, stream.Length);
        OnnxGraph? graph = null;
        var metadata = new Dictionary<string, string>();
        while (model.Next())
            switch (model.Field)
            {
                case 7 when graph is null:
                    graph = Graph(model.Message());
                    break;
                case 7:
                    throw new InvalidDataException("it holds two graphs.");
                case 14 when metadata.Count < MostTexts:
                    var (key, value) = Pair(model.Message());
                    metadata[key] = value;
                    break;
            }
        return graph is null ? throw new InvalidDataException("it holds no graph; it may be cut off.") : graph with { Metadata = metadata };
    }

    private static OnnxGraph Graph(ProtobufMessage graph)
    {
        var nodes = new List<OnnxNode>();
        var tensors = new List<StoredTensor>();
        List<string> inputs = [], outputs = [];
        while (graph.Next())
            switch (graph.Field)
            {
                case 1: Add(nodes, Node(graph.Message()), MostNodes, "operations"); break;
                case 5: Add(tensors, OnnxTensor.Read(graph.Message()), MostTensors, "tensors"); break;
                case 11: Add(inputs, NameOf(graph.Message()), MostTensors, "inputs"); break;
                case 12: Add(outputs, NameOf(graph.Message()), MostTensors, "outputs"); break;
                case 15: throw new InvalidDataException("it holds sparse tensors, which are not read.");
            }
        return new(nodes, tensors, inputs, outputs, new Dictionary<string, string>());
    }

    private static OnnxNode Node(ProtobufMessage node)
    {
        List<string> inputs = [], outputs = [];
        string name = "", operation = "", domain = "";
        var attributes = new Dictionary<string, OnnxAttribute>();
        while (node.Next())
            switch (node.Field)
            {
                case 1: Add(inputs, node.Text(LongestText), MostNames, "inputs of one operation"); break;
                case 2: Add(outputs, node.Text(LongestText), MostNames, "outputs of one operation"); break;
                case 3: name = node.Text(LongestText); break;
                case 4: operation = node.Text(LongestText); break;
                case 5:
                    if (attributes.Count == MostAttributes)
                        throw TooMany(MostAttributes, "settings of one operation");
                    var (key, attribute) = Attribute(node.Message());
                    attributes[key] = attribute;
                    break;
                case 7: domain = node.Text(LongestText); break;
            }
        return new(domain is "" or "ai.onnx" ? operation : $"{domain}.{operation}", name, inputs, outputs, attributes);
    }

    private static (string Name, OnnxAttribute Attribute) Attribute(ProtobufMessage message)
    {
        string name = "";
        var attribute = new OnnxAttribute();
        List<long> numbers = [];
        while (message.Next())
            switch (message.Field)
            {
                case 1: name = message.Text(LongestText); break;
                case 2: attribute = attribute with { Single = message.Single() }; break;
                case 3: attribute = attribute with { Number = message.Number() }; break;
                // Texts that are settings are short; longer ones are documentation of somebody's.
                case 4 when message.Range.Length <= LongestText: attribute = attribute with { Text = message.Text(LongestText) }; break;
                case 5: attribute = attribute with { Tensor = OnnxTensor.Read(message.Message()) }; break;
                case 8:
                    foreach (long number in message.Numbers(MostNumbers))
                        Add(numbers, number, MostNumbers, "numbers in a setting");
                    attribute = attribute with { Numbers = numbers };
                    break;
            }
        return (name, attribute);
    }

    private static string NameOf(ProtobufMessage value)
    {
        string name = "";
        while (value.Next())
            if (value.Field == 1)
                name = value.Text(LongestText);
        return name;
    }

    private static (string Key, string Value) Pair(ProtobufMessage pair)
    {
        string key = "", value = "";
        while (pair.Next())
            if (pair.Field == 1)
                key = pair.Text(LongestText);
            else if (pair.Field == 2 && pair.Range.Length <= LongestText)
                value = pair.Text(LongestText);
        return (key, value);
    }

    private static void Add<T>(List<T> list, T item, int most, string what)
    {
        if (list.Count == most)
            throw TooMany(most, what);
        list.Add(item);
    }

    private static InvalidDataException TooMany(int most, string what) => new($"it has more than {most} {what}.");
}
