using System.Text.Json;
using System.Text.Unicode;

namespace StyleLab.Networks;

/// <summary>Reads the JSON of a <see cref="NetworkDescription"/>; each mistake is one sentence that says where it is.</summary>
internal sealed class DescriptionReader
{
    private const int LargestSize = 64, MostChannels = 16384, MostLayers = 1000;

    private static readonly string[] _kinds = ["conv", "batchnorm", "relu", "pool"];
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
        var network = new DescriptionObject(_what, root).Knowing("weights", "input", "layers", "content", "style", "contentScale", "licence", "training");
        foreach (var element in network.List("layers"))
            _layers.Add(ReadLayer(element));
        if (!_layers.OfType<DescribedConvolution>().Any())
            throw network.Wrong("has no convolution among its layers; a loss network needs at least one");
        return new(network.Text("weights") ?? weights, ReadInput(network), _layers,
            network.Text("content"), network.Text("style"), network.Positive("contentScale", 1), network.Text("licence"), network.Text("training"));
    }

    private static Preprocessing ReadInput(DescriptionObject network)
    {
        try
        {
            return network.Text("input") is { } text ? Preprocessing.Parse(text) : Preprocessing.Torchvision;
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
            "conv" => ReadConvolution(layer.Knowing("kind", "name", "channels", "size", "stride", "padding", "bias", "tensors")),
            "batchnorm" => ReadBatchNorm(layer.Knowing("kind", "name", "epsilon", "tensors")),
            "relu" => new DescribedRelu(ReadName(layer.Knowing("kind", "name"))),
            "pool" => ReadPool(layer.Knowing("kind", "name", "size", "stride", "partial")),
            _ => throw layer.Wrong($"is of an unknown kind {Quoted.Text(kind)}; did you mean '{NearestNames.Find(kind, _kinds, 1)[0]}'? "
                + $"Known are {string.Join(", ", _kinds)}"),
        };
        if (_layers.Any(other => other.Name.Equals(result.Name, StringComparison.OrdinalIgnoreCase)))
            throw layer.Wrong("has the name of a layer before it; every layer needs a name of its own");
        return result;
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

    private static DescribedPool ReadPool(DescriptionObject layer)
    {
        var size = layer.Number("size", 1, LargestSize, 2);
        return new(ReadName(layer), size, layer.Number("stride", 1, LargestSize, size), layer.Flag("partial", false));
    }
}
