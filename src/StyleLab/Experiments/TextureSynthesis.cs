namespace StyleLab;

public static partial class Experiments
{
    // As deep as features of relu4_1 see, in steps of 16 so that every pooling meets the seam in the same phase.
    private const int TileMargin = 32;

    /// <summary>
    /// Makes a new piece of a texture from its Gram matrices (Gatys, Ecker, Bethge 2015, "Texture Synthesis Using Convolutional
    /// Neural Networks"): the same things in other places.
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="texture">The texture; its pattern keeps its size.</param>
    /// <param name="layers">Layers of the Gram matrices; the convention's own if not given, <see cref="Loss.DefaultStyleLayers"/> if balanced.</param>
    /// <param name="size">Size of the result; that of the texture if not given.</param>
    /// <param name="tileable">True for a result that can be laid side by side without seams.</param>
    /// <param name="start">Noise of seed 1 if not given.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="layerWeights">One weight for each layer; 1 each if not given.</param>
    /// <param name="convention">How layers are scaled beside each other: layer weights from a paper need the paper's.</param>
    public static Synthesis TextureSynthesis(LossNetwork network, Picture texture, LayerPick? layers = null, PictureSize? size = null,
        bool tileable = false, Start? start = null, Optimizer? optimizer = null, IReadOnlyList<double>? layerWeights = null,
        Convention convention = Convention.Balanced)
    {
        var objective = Loss.Style(texture, layers, layerWeights, convention) + RangeWeight * Loss.Range();
        return tileable
            ? network.Synthesize(objective, start, optimizer, size, margin: TileMargin, tileable: true)
            : network.Synthesize(objective, start, optimizer, size);
    }
}
