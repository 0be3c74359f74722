using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Verbs;

/// <summary>One picture from the shell: a content picture painted like one or several style pictures.</summary>
internal sealed class TransferCommand : Verb
{
    private readonly Argument<string> _content = new("CONTENT") { Description = "Picture that says what is shown (PNG or JPEG)." };

    private readonly Argument<string[]> _styles = new("STYLE")
    {
        Description = "Picture that says how it is painted; several share the style weight evenly.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = PictureOption.Output();

    private readonly Option<int> _size = NumberOption.Whole("--size", "Long side of the result in pixels.", 256, smallest: 1);
    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Optimizer steps over all sizes.", 300, smallest: 0);
    private readonly Option<long> _seed = NumberOption.Whole("--seed", "Number that the noise is made from; given alone it means --start noise.", 1L, smallest: 0);

    private readonly Option<string> _start = new("--start")
    {
        Description = "What the run starts from: noise, the content picture, the content picture blurred, or another picture.",
        HelpName = "noise|content|blurred|FILE",
        DefaultValueFactory = _ => "content",
    };

    private readonly Option<string> _contentLayers = new("--content-layers")
    {
        Description = "Layers that say what is shown; 'content' stands for the network's own choice.",
        HelpName = "LAYERS",
        DefaultValueFactory = _ => Loss.DefaultContentLayers,
    };

    private readonly Option<string> _styleLayers = new("--style-layers")
    {
        Description = "Layers that say how it is painted; 'style' stands for the network's own choice, 'input' for the colours.",
        HelpName = "LAYERS",
        DefaultValueFactory = _ => Loss.DefaultStyleLayers,
    };

    private readonly Option<double> _contentWeight = NumberOption.Weight(
        "--content-weight", "More keeps more of what is shown.", Experiments.ContentWeight);

    private readonly Option<double> _styleWeight = NumberOption.Weight(
        "--style-weight", "More paints more like the style.", Experiments.StyleWeight);

    private readonly Option<double> _totalVariation = NumberOption.Weight(
        "--tv", "Weight of the total variation: more is smoother.", Experiments.TotalVariationWeight);

    private readonly Option<string> _network = PictureOption.Network();

    private readonly Option<string> _optimizer = ChoiceOption.Create("--optimizer", "What changes the picture.", "lbfgs", "adam");
    private readonly Option<string> _pooling = ChoiceOption.Create("--pooling", "What the network's pooling layers keep.", "average", "max");
    private readonly Option<bool> _keepColors = new("--keep-colors") { Description = "Give the result the colours of the content picture." };
    private readonly Option<bool> _json = PictureOption.Json();

    public TransferCommand() : base("transfer", "Paint the CONTENT picture in the style of the STYLE pictures.")
    {
        Add(_content);
        Add(_styles);
        foreach (Option option in new Option[]
        {
            _output, _size, _steps, _seed, _start, _contentLayers, _styleLayers, _contentWeight, _styleWeight, _totalVariation,
            _network, _optimizer, _pooling, _keepColors, _json,
        })
            Add(option);
        SetAction((call, _) => RunAsync(call));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab transfer photo.jpg painting.jpg -o painted.png",
        "stylelab transfer photo.jpg painting.jpg --size 512 --start content --keep-colors",
        "stylelab transfer photo.jpg waves.png mosaic.png --style-weight 2 --style-layers relu1_1..relu4_1",
    ];

    private Task<int> RunAsync(ParseResult call) =>
        SynthesisOutcome.SaveAsync(Prepare(call), call.GetRequiredValue(_output), call.GetValue(_json));

    /// <summary>The run that the call describes. Everything that can be wrong with the call is found here.</summary>
    private Synthesis Prepare(ParseResult call)
    {
        var network = Inputs.Network(call.GetRequiredValue(_network), call.GetValue(_pooling) == "max" ? Pooling.Max : Pooling.Average);
        var contentLayers = Inputs.Layers(call.GetRequiredValue(_contentLayers), network);
        var styleLayers = Inputs.Layers(call.GetRequiredValue(_styleLayers), network);
        var size = call.GetValue(_size);
        var content = Inputs.Picture(call.GetRequiredValue(_content), size);
        var styles = call.GetRequiredValue(_styles).Select(path => Inputs.Picture(path, size)).ToList();
        var start = StartOf(call);
        OutputPicture.Check(call.GetRequiredValue(_output),
            [call.GetRequiredValue(_content), .. call.GetRequiredValue(_styles), .. start is PictureStart ? [call.GetRequiredValue(_start)] : Array.Empty<string>()]);

        var objective = Experiments.StyleTransferObjective(content, styles, call.GetValue(_contentWeight), call.GetValue(_styleWeight),
            call.GetValue(_totalVariation), contentLayers, styleLayers);
        var steps = call.GetValue(_steps);
        var optimizer = call.GetValue(_optimizer) == "adam" ? Optimizer.Adam(steps) : Optimizer.Lbfgs(steps);
        return network.Synthesize(objective, start, optimizer, keepColors: call.GetValue(_keepColors));
    }

    private Start StartOf(ParseResult call)
    {
        // A seed is of use to noise only, so who gives one without a start means noise.
        bool seedOnly = call.GetResult(_seed) is { Implicit: false } && call.GetResult(_start) is not { Implicit: false };
        var start = seedOnly ? "noise" : call.GetRequiredValue(_start);
        return start switch
        {
            "noise" => Start.Noise(call.GetValue(_seed)),
            "content" => Start.Content(),
            "blurred" => Start.Blurred(),
            _ when File.Exists(start) => Start.From(Inputs.Picture(start)),
            _ => throw new WrongCallException($"--start takes noise, content, blurred or a picture file, and there is no file '{start}'."),
        };
    }
}
