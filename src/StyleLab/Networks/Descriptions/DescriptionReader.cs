using System.Text.Json;
using System.Text.Unicode;

namespace StyleLab.Networks;

/// <summary>Reads the JSON of a <see cref="NetworkDescription"/>; each mistake is one sentence that says where it is.</summary>
internal sealed class DescriptionReader
{
    private const int LargestSize = 64, MostChannels = 16384, MostLayers = 1000;

    /// <summary>The property that chooses what strided convolutions do, and what it can be.</summary>
    public const string InsteadOfStride = "instead of stride", Average = "average", Nothing = "nothing";

    private static readonly string[] _kinds = ["conv", "batchnorm", "relu", "pool", "pad", "add", "concat"];
    private static readonly string[] _reserved = [Architecture.InputLayer, LayerPick.ContentLayers, LayerPick.StyleLayers];

    private readonly string _what;
    private readonly List<DescribedLayer> _layers = [];

    private DescriptionReader(string what) => _what = what;

    /// <param name="json">The JSON, UTF-8.</param>
    /// <param name="what">The file as messages call it, at the beginning of a sentence.</param>
    /// <param name="weights">The file of weights when the description names none.</param>
    public static NetworkDescription Read(byte[] json, string what, string weights)
    {
        if (!Utf8.IsValid(json))
            throw new StyleLabException($"{what} is not JSON that can be read: it is not UTF-8 text.");
        try
        {
            using var document = JsonDocument.Parse(json, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return new DescriptionReader(what).ReadRoot(document.RootElement, weights);
        }
        catch (JsonException error)
        {
            throw new StyleLabException(
                $"{what} is not JSON that can be read: there is a mistake in line {error.LineNumber + 1}, at byte {error.BytePositionInLine + 1}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new StyleLabException($"{what} is not JSON that can be read: a text in it holds half of a character, such as \\ud83d.", error);
        }
    }

    private NetworkDescription ReadRoot(JsonElement root, string weights)
    {
        var network = new DescriptionObject(_what, root).Knowing("weights", "input", "layers", "content", "style", "contentScale", InsteadOfStride, "licence", "training");
        string file = network.Text("weights") ?? weights;
        // An ONNX file tells its layers itself.
        bool hasLayers = network.Has("layers") || !file.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
        foreach (var element in hasLayers ? network.List("layers") : [])
            _layers.Add(ReadLayer(element));
        if (hasLayers && !_layers.OfType<DescribedConvolution>().Any())
            throw network.Wrong("has no convolution among its layers; a loss network needs at least one");
        return new(file, ReadInput(network), hasLayers ? _layers : null, network.Text("content"), network.Text("style"), network.Positive("contentScale", 1),
            ReadStriding(network), network.Text("licence"), network.Text("training"));
    }

    private static Striding ReadStriding(DescriptionObject network) => network.Text(InsteadOfStride) switch
    {
        null or Nothing => Striding.Skip,
        Average => Striding.Average,
        var text => throw network.Wrong($"needs '{Average}' or '{Nothing}' for '{InsteadOfStride}', got {Quoted.Text(text)}"),
    };

    private static Preprocessing? ReadInput(DescriptionObject network)
    {
        try
        {
            return network.Text("input") is { } text ? Preprocessing.Parse(text) : null;
        }
        catch (StyleLabException error)
        {
            throw network.Wrong($"has a wrong 'input': {error.Message.TrimEnd('.')}");
        }
    }

    private DescribedLayer ReadLayer(JsonElement element)
    {
        if (_layers.Count == MostLayers)
            throw new StyleLabException($"{_what} has more than {MostLayers} layers.");
        var where = $"Layer {_layers.Count + 1} of {_what}";
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String)
            where = $"Layer {_layers.Count + 1} ({Quoted.Text(given.GetString()!)}) of {_what}";
        var layer = new DescriptionObject(where, element);
        if (element.ValueKind != JsonValueKind.Object)
            throw layer.Wrong("must be an object such as { \"kind\": \"relu\", \"name\": \"relu1\" }");
        var kind = layer.RequiredText("kind", string.Join(", ", _kinds));
        DescribedLayer result = kind switch
        {
            "conv" => ReadConvolution(layer.Knowing("kind", "name", "from", "channels", "size", "stride", "padding", "bias", "tensors")),
            "batchnorm" => ReadBatchNorm(layer.Knowing("kind", "name", "epsilon", "tensors")),
            "relu" => new DescribedPlain(ReadRelu(layer.Knowing("kind", "name", "from", "slope"))),
            "pool" => new DescribedPlain(ReadPool(layer.Knowing("kind", "name", "from", "size", "stride", "partial", "padding", "paddingAfter", "average"))),
            "pad" => new DescribedPlain(ReadPad(layer.Knowing("kind", "name", "from", "top", "bottom", "left", "right"))),
            "add" or "concat" => new DescribedPlain(ReadJoin(layer.Knowing("kind", "name", "from"), kind)),
            _ => throw layer.Wrong($"is of an unknown kind {Quoted.Text(kind)}; did you mean '{NearestNames.Find(kind, _kinds, 1)[0]}'? "
                + $"Known are {string.Join(", ", _kinds)}"),
        };
        if (_layers.Any(other => other.Name.Equals(result.Name, StringComparison.OrdinalIgnoreCase)))
            throw layer.Wrong("has the name of a layer before it; every layer needs a name of its own");
        return result is DescribedPlain { Layer: JoiningLayer } or DescribedBatchNorm || layer.Text("from") is not { } from
            ? result : result with { From = Earlier(layer, from) };
    }

    /// <summary>The name of an earlier layer that has a map.</summary>
    private string Earlier(DescriptionObject layer, string name)
    {
        var earlier = _layers.Where(other => other is not DescribedBatchNorm).Select(other => other.Name).Prepend(Architecture.InputLayer).ToList();
        return earlier.Contains(name) ? name : throw layer.Wrong(_layers.Exists(other => other.Name == name)
            ? $"takes the map of {Quoted.Text(name)}, which is part of the convolution before it; name that"
            : $"takes the map of {Quoted.Text(name)}, which is no layer before it; did you mean '{NearestNames.Find(name, earlier, 1)[0]}'?");
    }

    private static string ReadName(DescriptionObject layer)
    {
        var name = layer.RequiredText("name", "'conv1'");
        if (_reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw layer.Wrong($"cannot be called '{name}', which stands for something else in a layer pick");
        return name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '/' or '.') && !name.Contains("..", StringComparison.Ordinal)
            ? name
            : throw layer.Wrong("has a name with characters that a layer pick cannot hold; use letters, digits, '_', '-', '/' and single dots");
    }

    private static DescribedConvolution ReadConvolution(DescriptionObject layer)
    {
        var name = ReadName(layer);
        var size = layer.Number("size", 1, LargestSize, 3);
        return new(name, layer.Text("tensors") ?? name, layer.Number("channels", 1, MostChannels, null), size,
            layer.Number("stride", 1, LargestSize, 1), layer.Number("padding", 0, LargestSize, size / 2), layer.Flag("bias", true));
    }

    private DescribedBatchNorm ReadBatchNorm(DescriptionObject layer)
    {
        var name = ReadName(layer);
        if (_layers.LastOrDefault() is not DescribedConvolution)
            throw layer.Wrong("must come right after a convolution, which takes it in");
        return new(name, layer.Text("tensors") ?? name, layer.Positive("epsilon", 1e-5));
    }

    private static ReluLayer ReadRelu(DescriptionObject layer) => new(ReadName(layer)) { Slope = (float)layer.Share("slope", 0) };

    private static PoolLayer ReadPool(DescriptionObject layer)
    {
        int size = layer.Number("size", 1, LargestSize, 2), before = layer.Number("padding", 0, size - 1, 0);
        return new(ReadName(layer), size, layer.Number("stride", 1, LargestSize, size), layer.Flag("partial", false))
        {
            Averages = layer.Flag("average", false), Before = before, After = layer.Number("paddingAfter", 0, size - 1, before),
        };
    }

    private static PadLayer ReadPad(DescriptionObject layer)
    {
        return new(ReadName(layer), Width("top"), Width("bottom"), Width("left"), Width("right"));

        int Width(string side) => layer.Number(side, 0, LargestSize, 0);
    }

    private JoiningLayer ReadJoin(DescriptionObject layer, string kind)
    {
        if (layer.Texts("from") is not [var first, var second])
            throw layer.Wrong("needs 'from', a list of two layers, such as [\"relu1\", \"conv2\"]");
        string name = ReadName(layer);
        (first, second) = (Earlier(layer, first), Earlier(layer, second));
        return kind == "add" ? new AdditionLayer(name, first, second) : new ConcatenationLayer(name, first, second);
    }
}
