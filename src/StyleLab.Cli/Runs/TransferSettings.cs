namespace StyleLab.Cli.Runs;

/// <summary>Every setting of a style transfer.</summary>
internal sealed record TransferSettings : RunSettings
{
    /// <summary>File of the content picture.</summary>
    public string Content { get; init; } = "";

    /// <summary>Files of the style pictures.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>How content and style are scaled.</summary>
    public Convention Convention { get; init; } = Convention.Balanced;

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

    public override IEnumerable<string> Files => [Content, .. Styles, .. base.Files];

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
        var objective = Experiments.StyleTransferObjective(content, [.. Styles.Select(style => load(style, styleSide))],
            ContentWeight, StyleWeight, TotalVariation, contentLayers, styleLayers, convention: Convention);
        return Complete(network.Synthesize(objective, LoadStart(), Optimizer, keepColors: KeepColors));
    }
}
