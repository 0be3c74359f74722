using System.CommandLine;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Runs;

/// <summary>The options of all verbs that transfer a style.</summary>
internal sealed class TransferOptions : RunOptions
{
    private static readonly Dictionary<string, Convention> s_conventions = new()
    {
        ["balanced"] = Convention.Balanced,
        ["gatys"] = Convention.Gatys,
        ["johnson"] = Convention.Johnson,
        ["pytorch-tutorial"] = Convention.PyTorchTutorial,
    };

    /// <param name="defaults">What holds for options that are not given.</param>
    /// <param name="several">True to let each take several values.</param>
    public TransferOptions(TransferSettings defaults, bool several = false) : base(defaults, several)
    {
        Add(new ValueOption<double>("--content-weight", "More keeps more of what is shown.", ValueKind.Weight, several) { Standard = Experiments.ContentWeight },
            "content weight", (settings, weight) => Of(settings) with { ContentWeight = weight });
        Add(new ValueOption<double>("--style-weight", "More paints more like the style.", ValueKind.Weight, several) { Standard = Experiments.StyleWeight },
            "style weight", (settings, weight) => Of(settings) with { StyleWeight = weight });
        Add(new ValueOption<string>("--convention",
                "What weights mean: StyleLab's own balanced units, or those of a publication; it brings its own layers and weights where none are given "
                + "(docs/weights-of-papers.md).", ValueKind.Choice([.. s_conventions.Keys]), several) { Standard = s_conventions.Keys.First() },
            "convention", (settings, name) => Of(settings) with { Convention = s_conventions[name] });
        AddTotalVariation("Weight of the total variation: more is smoother.");
        Add(new ValueOption<string>("--content-layers", "Layers that say what is shown; 'content' stands for the network's own choice.",
                ValueKind.Word("LAYERS"), several) { Standard = Loss.DefaultContentLayers },
            "content layers", (settings, layers) => Of(settings) with { ContentLayers = layers });
        Add(new ValueOption<string>("--style-layers",
                "Layers that say how it is painted; 'style' stands for the network's own choice, 'input' for the colours.",
                ValueKind.Word("LAYERS"), several) { Standard = Loss.DefaultStyleLayers },
            "style layers", (settings, layers) => Of(settings) with { StyleLayers = layers });
        Add(new ValueOption<double>("--style-scale", "Long side of the style pictures as a multiple of the result's: more paints with larger strokes.",
                ValueKind.Positive, several) { Standard = defaults.StyleScale },
            "style scale", (settings, scale) => Of(settings) with { StyleScale = scale });
        Add(new Option<bool>("--keep-colors") { Description = "Give the result the colours of the content picture." },
            "keep colors", (settings, keep) => Of(settings) with { KeepColors = keep });
    }

    /// <summary>The settings of a call in which each option has one value.</summary>
    public new TransferSettings Read(ParseResult call) => Of(base.Read(call));

    private static TransferSettings Of(RunSettings settings) => (TransferSettings)settings;
}
