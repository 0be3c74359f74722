namespace StyleLab;

public static partial class Experiments
{
    /// <summary>Default weight of the content term of a reconstruction, as in the experiments that are usually shown.</summary>
    public const double ReconstructionWeight = 10;

    /// <summary>
    /// Makes a picture again from its activations at one layer (Mahendran and Vedaldi 2015; Gatys et al. 2015, figure 1): what the
    /// layer keeps of the picture comes back, what it does not keep stays noise.
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="picture">What is reconstructed.</param>
    /// <param name="layers">A layer pick such as "relu3_1" or "conv#4".</param>
    /// <param name="start">Noise of seed 1 if not given; from <see cref="Start.Content"/> nothing moves, as the loss is 0 already.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="weight">Weight of the content term.</param>
    /// <param name="totalVariation">Weight of the total variation; 0 shows the layer alone.</param>
    /// <param name="convention">How the content term is scaled beside the total variation: weights from a paper need the paper's.</param>
    public static Synthesis ContentReconstruction(LossNetwork network, Picture picture, LayerPick layers,
        Start? start = null, Optimizer? optimizer = null, double weight = ReconstructionWeight, double totalVariation = 0,
        Convention convention = Convention.Balanced)
    {
        // Resampling may overshoot; without this the range penalty would not be 0 at the picture itself.
        picture = picture.Clamp();
        var objective = weight * Loss.Content(picture, layers, convention) + RangeBeside(weight / ReconstructionWeight, totalVariation);
        if (totalVariation != 0)
            objective += totalVariation * Loss.TotalVariation();
        // One size: coarser ones would hand on what this layer does not know.
        return network.Synthesize(objective, start, optimizer, sizes: [Math.Max(picture.Width, picture.Height)]);
    }
}
