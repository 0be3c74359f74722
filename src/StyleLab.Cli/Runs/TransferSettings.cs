using StyleLab.Cli.Parsing;
using System.Globalization;

namespace StyleLab.Cli.Runs;

/// <summary>Every setting of a style transfer.</summary>
internal sealed record TransferSettings : RunSettings
{
    private const string NoMask = "none";

    /// <summary>File of the content picture.</summary>
    public string Content { get; init; } = "";

    /// <summary>Files of the style pictures.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>How content and style are scaled.</summary>
    public Convention Convention { get; init; } = Convention.Balanced;

    /// <summary>What the style terms know of a painting.</summary>
    public Look Look { get; init; }

    /// <summary>Weight of the content; the convention's own if null.</summary>
    public double? ContentWeight { get; init; }

    /// <summary>Weight of the style; the convention's own if null.</summary>
    public double? StyleWeight { get; init; }

    /// <summary>Layers of the content; the convention's own if null.</summary>
    public string? ContentLayers { get; init; }

    /// <summary>Layers of the style; the convention's own if null.</summary>
    public string? StyleLayers { get; init; }

    /// <summary>Long side of the style pictures as a multiple of the result's.</summary>
    public double StyleScale { get; init; } = 1;

    /// <summary>True to give the result the colours of the content picture.</summary>
    public bool KeepColors { get; init; }

    /// <summary>Shares of the styles in the style weight; the same for each if null.</summary>
    public IReadOnlyList<double>? Shares { get; init; }

    /// <summary>Where the result is painted like each style; everywhere if null.</summary>
    public IReadOnlyList<string>? Masks { get; init; }

    /// <summary>Where each style is looked at; everywhere if null.</summary>
    public IReadOnlyList<string>? StyleMasks { get; init; }

    public override IEnumerable<string> Files =>
        [Content, .. Styles, .. Given(Masks), .. Given(StyleMasks), .. base.Files];

    /// <summary>The settings with one of the style pictures, for verbs where they take turns.</summary>
    public TransferSettings Only(int style)
    {
        RequireOneEach(Masks, "--mask", "mask");
        RequireOneEach(StyleMasks, "--style-mask", "mask");
        return this with
        {
            Styles = [Styles[style]],
            Masks = Masks is null ? null : [Masks[style]],
            StyleMasks = StyleMasks is null ? null : [StyleMasks[style]],
        };
    }

    /// <summary>The run. Everything that can be wrong with the settings is found here.</summary>
    /// <param name="load">Loads a picture with the given long side.</param>
    public Synthesis Synthesize(Func<string, int, Picture> load) => Synthesize(load(Content, LongSide), load);

    /// <summary>The run with a content picture that is already there.</summary>
    public Synthesis Synthesize(Picture content, Func<string, int, Picture> load)
    {
        var network = LoadNetwork();
        var contentLayers = ContentLayers is null ? null : Inputs.Layers(ContentLayers, network);
        var styleLayers = StyleLayers is null ? null : Inputs.Layers(StyleLayers, network);
        int styleSide = Experiments.StyleLongSide(content, StyleScale);
        RequireOneEach(Shares, "--style-weights", "weight");
        RequireOneEach(Masks, "--mask", "mask");
        RequireOneEach(StyleMasks, "--style-mask", "mask");
        if (Look != Look.Fine && Convention != Convention.Balanced)
            throw new WrongCallException($"--look {Look.ToString().ToLowerInvariant()} is of several networks, which only balanced weights compare: leave out --convention.");
        if (Shares?.Sum() <= 0)
            throw new WrongCallException("--style-weights are all 0, so there would be no style: make one larger.");
        var objective = Experiments.StyleTransferObjective(content, [.. Styles.Select(style => LoadStyle(style, styleSide, load))],
            ContentWeight, StyleWeight, TotalVariation, contentLayers, styleLayers, Shares, convention: Convention, look: Look);
        return Complete(network.Synthesize(Masked(objective), LoadStart(), Optimizer, keepColors: KeepColors));
    }

    private Picture LoadStyle(string path, int longSide, Func<string, int, Picture> load)
    {
        try
        {
            return load(path, longSide);
        }
        catch (WrongCallException error) when (StyleScale != 1 && error.InnerException is ArgumentException cause)
        {
            throw new WrongCallException(string.Create(CultureInfo.InvariantCulture, $"--style-scale {StyleScale} is too large for {path}: {cause.Message}"), error);
        }
    }

    private static IEnumerable<string> Given(IReadOnlyList<string>? masks) => (masks ?? []).Where(mask => mask != NoMask);

    private void RequireOneEach<T>(IReadOnlyList<T>? values, string option, string what)
    {
        if (values is not null && values.Count != Styles.Count)
            throw new WrongCallException($"{option} takes one {what} for each style picture: got {values.Count} for {Styles.Count}.");
    }

    private Loss Masked(Loss objective)
    {
        // Each style has a term on the run's network, and perhaps others after it.
        int style = -1;
        return Masks is null && StyleMasks is null ? objective : new SumLoss([.. ((SumLoss)objective).Terms.Select(term =>
        {
            if (term is not WeightedLoss { Loss: StyleLoss loss } weighted)
                return term;
            style += loss.On is null ? 1 : 0;
            return weighted with { Loss = loss with { Guide = MaskOf(Masks, style), StyleGuide = MaskOf(StyleMasks, style) ?? loss.StyleGuide } };
        })]);
    }

    private static Picture? MaskOf(IReadOnlyList<string>? masks, int style) =>
        masks?[style] is { } mask && mask != NoMask ? Inputs.Picture(mask) : null;
}
