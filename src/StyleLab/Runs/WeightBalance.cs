using StyleLab.Figures;
using StyleLab.Losses;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;

namespace StyleLab.Runs;

/// <summary>
/// Finds out whether content or style has so little weight beside the other that it will not show. Compared is their pull: the length of
/// the gradient at the picture, of each layer by itself, and of these the median, since a single stiff layer (colours, the first
/// convolution) pulls most at first and is content after a few steps. It is measured midway between content and noise,
/// where neither is met: at the content its own gradient is 0, and where a run ends the two cancel whatever the weights.
/// </summary>
internal static class WeightBalance
{
    // At a thousandth the weaker one leaves no trace: content below it is as far away as without, and so are Gram matrices.
    private const double Negligible = 1e-3;

    // Balanced weights this close have pulls within the bounds, whatever the pictures; they need no measuring.
    private const double Near = 50;

    // A small picture says enough and costs next to nothing.
    private const int LongSide = 64, ShortSide = 32;

    /// <summary>A sentence for the user, or null where both can do their work or one of them is not asked for.</summary>
    public static string? Warning(LossNetwork network, Recipe recipe, IEngine engine)
    {
        var terms = recipe.Objective.WeightedTerms().Where(term => term.Weight != 0).ToList();
        var contents = terms.Where(term => term.Loss is ContentLoss).ToList();
        var styles = terms.Where(term => term.Loss is StyleLoss).ToList();
        if (contents.Count == 0 || styles.Count == 0 || AreNear(contents, styles))
            return null;
        double ratio = Ratio(network, recipe, contents, styles, engine);
        return ratio < Negligible ? Sentence("content", "style", ratio, contents)
            : ratio > 1 / Negligible ? Sentence("style", "content", 1 / ratio, styles)
            : null;
    }

    private static bool AreNear(List<WeightedLoss> contents, List<WeightedLoss> styles)
    {
        if (contents.Concat(styles).Any(term => term.Loss is ContentLoss { Convention: not Convention.Balanced }
            or StyleLoss { Convention: not Convention.Balanced } or StyleLoss { LayerWeights: not null }))
            return false;
        double ratio = contents.Sum(term => term.Weight) / styles.Sum(term => term.Weight);
        return ratio is > 1 / Near and < Near;
    }

    /// <summary>The pull of the content divided by that of the style.</summary>
    private static double Ratio(LossNetwork network, Recipe recipe, List<WeightedLoss> contents, List<WeightedLoss> styles, IEngine engine)
    {
        var final = recipe.Passes[^1].Size;
        var size = final;
        while (size.LongSide / 2 >= LongSide && Math.Min(size.Width, size.Height) / 2 >= ShortSide)
            size = new(size.Width / 2, size.Height / 2);
        double scale = (double)size.LongSide / final.LongSide;

        var content = Start.Content().Make(recipe.Objective, size.Width, size.Height, scale);
        var noise = Start.Noise().Make(recipe.Objective, size.Width, size.Height, scale);
        var between = new Picture(size.Width, size.Height, [.. content.Values.Zip(noise.Values, (a, b) => (a + b) / 2)]).WithMargin(recipe.Border);

        var picture = Tensor.Variable(new Shape(1, 3, between.Height, between.Width));
        var context = new LossContext(network, new FeatureMaps(network, picture), size, recipe.Border, scale, engine);
        var (ofContent, ofStyle) = (Gradients(contents), Gradients(styles));
        using var plan = Plan.Compile([.. ofContent, .. ofStyle], engine);
        plan.Write(picture, between.Values);
        plan.Run();
        return Pull(ofContent) / Pull(ofStyle);

        List<Tensor> Gradients(List<WeightedLoss> terms) => [.. terms.SelectMany(term => term.Term(context).All())
            .Where(term => term.Parts.Count == 0).Select(layer => Gradient.Of(layer.Value, picture)[0])];

        double Pull(List<Tensor> layers) => layers.Select(layer => Length(plan.Read(layer))).Order().ElementAt(layers.Count / 2);
    }

    private static double Length(float[] gradient) => Math.Sqrt(gradient.Sum(g => (double)g * g));

    private static string Sentence(string weak, string strong, double ratio, List<WeightedLoss> terms)
    {
        bool isBalanced = terms.All(term => term.Loss is ContentLoss { Convention: Convention.Balanced } or StyleLoss { Convention: Convention.Balanced });
        return $"The {weak} pulls the picture {NumberText.Value(1 / ratio, 1)} times less than the {strong} at these weights and will not show; "
            + (isBalanced
                ? "give it more weight. Weights from a paper or course need its convention, such as Convention.PyTorchTutorial (--convention pytorch-tutorial)."
                : "give it more weight, or see whether the convention is the one the weights come from (docs/weights-of-papers.md).");
    }
}
