using System.Globalization;
using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>Settings of a run in words.</summary>
internal static class SettingText
{
    public static string Of(Start start) => start switch
    {
        NoiseStart noise => string.Create(CultureInfo.InvariantCulture, $"noise, seed {noise.Seed}, standard deviation {noise.Sigma}"),
        ContentStart => "the content picture",
        BlurredStart blurred => string.Create(CultureInfo.InvariantCulture, $"the content picture, blurred by {blurred.Sigma} pixels"),
        PictureStart given => CardText.NameOf(given.Picture),
        _ => start.ToString() ?? "",
    };

    public static string Of(Optimizer optimizer) => optimizer switch
    {
        LbfgsOptimizer lbfgs => string.Create(CultureInfo.InvariantCulture,
            $"L-BFGS, {CardText.Count(lbfgs.Steps, "step")}, {CardText.Count(lbfgs.History, "pair")}, learning rate {lbfgs.LearningRate}{Across(lbfgs)}"),
        AdamOptimizer adam => string.Create(CultureInfo.InvariantCulture,
            $"Adam, {CardText.Count(adam.Steps, "step")}, learning rate {adam.LearningRate}{(adam.Averaging > 0 ? $", averaging {adam.Averaging}" : "")}{Across(adam)}"),
        _ => optimizer.ToString() ?? "",
    };

    public static string Of(NetworkRecipe network) =>
        $"{network.Name}, {network.Pooling.ToString().ToLowerInvariant()} pooling, {network.Padding.ToString().ToLowerInvariant()} padding{(network.Striding == Striding.Average ? ", averaged strides" : "")}";

    public static string Of(IReadOnlyList<Pass> passes) => string.Join(" → ", passes.Select(pass => $"{pass.Size}: {CardText.Count(pass.Steps, "step")}"));

    private static string Across(Optimizer optimizer) => optimizer.AcrossSizes ? ", memory kept across sizes" : "";
}
