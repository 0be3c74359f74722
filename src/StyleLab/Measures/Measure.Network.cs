using StyleLab.Losses;
using StyleLab.Tensors;
using StyleLab.Tensors.Plans;

namespace StyleLab;

public static partial class Measure
{
    /// <summary>
    /// How far a picture's style is from another's, as a network sees it: ‖G − A‖ / ‖A‖ with the Gram matrices G of
    /// <paramref name="picture"/> and A of <paramref name="reference"/>, each divided by its number of positions, and the
    /// mean of it over the layers. 0 for the same statistics; 1 is as far as an A of nothing; there is no upper end.
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="picture">The picture to measure.</param>
    /// <param name="reference">The picture with the style; it may have another size. A picture too narrow for the layers is mirrored.</param>
    /// <param name="layers">For example <c>"relu1_1..relu5_1"</c>, which is meant if nothing is given.</param>
    /// <exception cref="StyleLabException">A layer does not exist.</exception>
    public static double GramDistance(LossNetwork network, Picture picture, Picture reference, LayerPick? layers = null)
    {
        var names = (layers ?? "relu1_1..relu5_1").Resolve(network.Architecture);
        return MeanDistance(Grams(picture), Grams(reference));

        // Seen as a style is, so that a narrow picture can be measured as well.
        List<float[]> Grams(Picture picture) => Values(StyleView.Of(network, picture, 1, names).Maps, names, Gram);

        static Tensor Gram(Tensor map) => map.Gram() / (float)map.Shape.Area;
    }

    /// <summary>
    /// How far what is seen in a picture is from what is seen in another, as a network sees it: ‖F − P‖ / ‖P‖ with the
    /// feature maps F of <paramref name="picture"/> and P of <paramref name="reference"/>. 0 for the same, about 1 for something else.
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="picture">The picture to measure.</param>
    /// <param name="reference">The content, of the same size.</param>
    /// <param name="layer">One layer, or several, of which the mean is taken; <c>"relu4_2"</c> if nothing is given.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="StyleLabException">A layer does not exist, or the pictures are too small for it.</exception>
    public static double ContentDistance(LossNetwork network, Picture picture, Picture reference, LayerPick? layer = null)
    {
        picture.RequireSameSize(reference, nameof(ContentDistance));
        var names = (layer ?? "relu4_2").Resolve(network.Architecture);
        return MeanDistance(Values(network.Features(picture), names, map => map), Values(network.Features(reference), names, map => map));
    }

    private static List<float[]> Values(FeatureMaps maps, IReadOnlyList<string> layers, Func<Tensor, Tensor> statistic)
    {
        Tensor[] outputs = [.. layers.Select(layer => statistic(maps[layer]))];
        using var plan = Plan.Compile(outputs);
        plan.Run();
        return [.. outputs.Select(plan.Read)];
    }

    private static double MeanDistance(List<float[]> values, List<float[]> reference) =>
        values.Zip(reference, Relative).Average();

    private static double Relative(float[] values, float[] reference)
    {
        double difference = 0, size = 0;
        for (int i = 0; i < values.Length; i++)
        {
            difference += Square(values[i] - reference[i]);
            size += Square(reference[i]);
        }
        return Math.Sqrt(difference / Math.Max(size, double.Epsilon));
    }
}
