using StyleLab.Tensors.Engines;

namespace StyleLab.Runs;

/// <summary>
/// Says an objective in balanced weights. A layer's term is the same squared distance in every convention, times another constant;
/// the constant is read off at one picture.
/// </summary>
internal static class BalancedWeights
{
    public static Loss Of(Loss objective, LossNetwork network)
    {
        var terms = objective.WeightedTerms().SelectMany(term => Balanced(term, network)).ToList();
        return terms is [var only] ? only : new SumLoss(terms);
    }

    private static IEnumerable<Loss> Balanced(WeightedLoss term, LossNetwork network)
    {
        switch (term.Loss)
        {
            case ContentLoss { Convention: not Convention.Balanced } content:
                // A content loss has one weight for all its layers, so each becomes a term.
                var parts = content.Layers.Resolve(content.NetworkOr(network).Architecture).Select(layer => content with { Layers = layer }).ToList();
                var factors = Factors(network, content.Picture, parts, [.. parts.Select(part => part with { Convention = Convention.Balanced })]);
                return parts.Zip(factors, (part, factor) => (Loss)new WeightedLoss(term.Weight * factor, part with { Convention = Convention.Balanced }));
            case StyleLoss { Convention: not Convention.Balanced } style:
                var layers = style.Layers.Resolve(style.NetworkOr(network).Architecture);
                var single = layers.Select(layer => style with { Layers = layer, LayerWeights = null }).ToList();
                var shares = Factors(network, style.Picture, single, [.. single.Select(part => part with { Convention = Convention.Balanced })])
                    .Select((factor, i) => factor * (style.LayerWeights?[i] ?? 1)).ToList();
                double mean = shares.Average();
                return [new WeightedLoss(term.Weight * mean, style with { Convention = Convention.Balanced, LayerWeights = [.. shares.Select(s => s / mean)] })];
            case AnnealedLoss annealed:
                return [new WeightedLoss(term.Weight, annealed with { Loss = Of(annealed.Loss, network) })];
            default:
                return [term];
        }
    }

    private static List<double> Factors(LossNetwork network, Picture picture, IReadOnlyList<Loss> given, IReadOnlyList<Loss> balanced)
    {
        var size = new PictureSize(picture.Width, picture.Height);
        using var evaluation = new Evaluation(network, new SumLoss([.. given, .. balanced]), size, margin: 0, scale: 1, Engine.Default);
        evaluation.At(Picture.Noise(size.Width, size.Height, seed: 1, (0.5f, 0.5f, 0.5f), sigma: 0.15).Values, CancellationToken.None);
        var values = evaluation.Losses.Parts.Select(part => part.Value).ToList();
        return [.. given.Select((_, i) => values[i] / values[given.Count + i])];
    }
}
