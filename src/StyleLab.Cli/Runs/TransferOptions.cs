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
    /// <param name="mixes">True for a verb that mixes several styles in one picture.</param>
    public TransferOptions(TransferSettings defaults, bool several = false, bool mixes = false) : base(defaults, several)
    {
        Add(new ValueOption<double>("--content-weight", "More keeps more of what is shown.", ValueKind.Weight, several) { Standard = Experiments.ContentWeight },
            "content weight", (settings, weight) => Of(settings) with { ContentWeight = weight });
        Add(new ValueOption<double>("--style-weight", "More paints more like the style.", ValueKind.Weight, several) { Standard = Experiments.StyleWeight },
            "style weight", (settings, weight) => Of(settings) with { StyleWeight = weight });
        Add(new ValueOption<string>("--convention",
                "What weights mean: StyleLab's own balanced units, or those of a publication; it brings its own layers and weights where none are given "
                + "(docs/weights-of-papers.md).", ValueKind.Choice([.. s_conventions.Keys]), several) { Standard = s_conventions.Keys.First() },
            "convention", (settings, name) => Of(settings) with { Convention = s_conventions[name] });
        Add(new ValueOption<string>("--look",
                "How it looks: fine strokes on forms that stay whole, or broad ones, which know the large forms of the style and take two to three times as long.",
                ValueKind.Choice("fine", "broad"), several) { Standard = "fine" },
            "look", (settings, look) => Of(settings) with { Look = Enum.Parse<Look>(look, ignoreCase: true) });
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
        if (mixes)
            AddList(new ValueOption<IReadOnlyList<double>>("--style-weights", "Shares of the style pictures in the style weight, one for each, such as 2 1.",
                    new("W", "numbers of at least 0, such as 2 1", Numbers), several: true, repeats: true),
                "style weights", (settings, shares) => Of(settings) with { Shares = shares });
        AddList(new ValueOption<IReadOnlyList<string>>("--mask",
                "Where the result is painted: white yes, black no, grey in between. One for each style picture; 'none' for everywhere.",
                File, several: true, repeats: true),
            "mask", (settings, masks) => Of(settings) with { Masks = masks });
        AddList(new ValueOption<IReadOnlyList<string>>("--style-mask",
                "Where a style picture is looked at: white yes, black no. One for each style picture; 'none' for everywhere.",
                File, several: true, repeats: true),
            "style mask", (settings, masks) => Of(settings) with { StyleMasks = masks });
        Add(new Option<bool>("--keep-colors") { Description = "Give the result the colours of the content picture." },
            "keep colors", (settings, keep) => Of(settings) with { KeepColors = keep });
    }

    /// <summary>The settings of a call in which each option has one value.</summary>
    public new TransferSettings Read(ParseResult call) => Of(base.Read(call));

    private static ValueKind<IReadOnlyList<string>> File { get; } = new("FILE", "", (string word, out IReadOnlyList<string> files) =>
    {
        files = [word];
        return true;
    });

    private static bool Numbers(string word, out IReadOnlyList<double> numbers)
    {
        var parts = word.Split(',').Select(part => ValueKind.Weight.Parse(part, out double number) ? number : double.NaN).ToList();
        numbers = parts;
        return !parts.Contains(double.NaN);
    }

    private static TransferSettings Of(RunSettings settings) => (TransferSettings)settings;
}
