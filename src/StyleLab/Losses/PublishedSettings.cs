namespace StyleLab.Losses;

/// <summary>The weights and layers that were published with a convention: what it means where nothing else is said.</summary>
/// <param name="ContentWeight">Weight of the content.</param>
/// <param name="StyleWeight">Weight of the style.</param>
/// <param name="ContentLayers">Layers of the content.</param>
/// <param name="StyleLayers">Layers of the style.</param>
internal sealed record PublishedSettings(double ContentWeight, double StyleWeight, LayerPick ContentLayers, LayerPick StyleLayers)
{
    public const double BalancedContentWeight = 0.1;
    public const double BalancedStyleWeight = 1;

    /// <summary>The settings of a convention.</summary>
    public static PublishedSettings Of(Convention convention) => convention switch
    {
        Convention.Balanced => new(BalancedContentWeight, BalancedStyleWeight, Loss.DefaultContentLayers, Loss.DefaultStyleLayers),
        // Gatys, Ecker, Bethge 2016, figure 2; each of the five layers counts a fifth.
        Convention.Gatys => new(1, 1000.0 / 5, "relu4_2", "relu1_1..relu5_1"),
        // Johnson, Alahi, Fei-Fei 2016: layers of the paper, weights of its code.
        Convention.Johnson => new(1, 5, "relu2_2", "relu1_2,relu2_2,relu3_3,relu4_3"),
        // The tutorial counts convolutions: its conv_4 is conv2_2.
        Convention.PyTorchTutorial => new(1, 1e6, "conv#4", "conv#1..conv#5"),
        _ => throw new ArgumentException($"There is no convention {convention}; it is one of {string.Join(", ", Enum.GetNames<Convention>())}."),
    };
}
