namespace StyleLab;

/// <summary>Published losses that need what the library's own operations have not: sorting, searching. Each is an example of <c>Loss.Torch</c>, too.</summary>
public static class ReadyMadeLosses
{
    extension(Loss)
    {
        /// <summary>
        /// How far the activations are from those of a picture as clouds of points, seen from random directions: along each, both are
        /// sorted and compared. Unlike Gram matrices it sees all of their distribution.
        /// </summary>
        /// <remarks>Heitz, Vanhoey, Chambon, Belcour: A sliced Wasserstein loss for neural texture synthesis, CVPR 2021. The directions stay the
        /// same in a run, and each layer is divided by the mean square of its target.</remarks>
        /// <param name="picture">Says how it is painted; any size, its strokes keep theirs.</param>
        /// <param name="layers">A layer pick; <see cref="Loss.DefaultStyleLayers"/> if not given.</param>
        /// <param name="directions">How many directions; as many as the layer has channels, as in the paper, if not given.</param>
        /// <param name="seed">The number they are made from.</param>
        public static Loss SlicedWasserstein(Picture picture, LayerPick? layers = null, int? directions = null, long seed = 1) => directions is < 1
            ? throw new ArgumentException($"A sliced Wasserstein loss needs at least one direction, got {directions}.")
            : TorchLoss.OfTargets(layers ?? Loss.DefaultStyleLayers, picture, "sliced Wasserstein", asStyle: true,
                target => LibTorch.SortedValues.AlongDirections(target, directions, seed));

        /// <summary>
        /// How far the activations of each channel are from those of a picture, value by value in the order of their size: an exact match of
        /// histograms.
        /// </summary>
        /// <remarks>Risser, Wilmot, Barnes: Stable and controllable neural texture synthesis and style transfer using histogram losses, 2017. Sorted
        /// values take the place of its bins.</remarks>
        /// <param name="picture">Says how it is painted; any size, its strokes keep theirs.</param>
        /// <param name="layers">A layer pick; <see cref="Loss.DefaultStyleLayers"/> if not given.</param>
        public static Loss Histogram(Picture picture, LayerPick? layers = null) =>
            TorchLoss.OfTargets(layers ?? Loss.DefaultStyleLayers, picture, "histogram", asStyle: true, LibTorch.SortedValues.OfChannels);

        /// <summary>
        /// How far each patch of the feature map is from the one of a picture that resembles it most: Markov random fields. Keeps whole
        /// motifs where statistics mix them.
        /// </summary>
        /// <remarks>Li, Wand: Combining Markov random fields and convolutional neural networks for image synthesis, CVPR 2016, equations 2 and 3. The
        /// search is by normalised cross-correlation; each layer is divided by the mean square of its target.</remarks>
        /// <param name="picture">The picture the patches come from; any size, its motifs keep theirs.</param>
        /// <param name="layers">A layer pick; <see cref="Loss.DefaultContentLayers"/> if not given.</param>
        /// <param name="size">Height and width of a patch in positions of the feature map.</param>
        /// <param name="stride">Positions between two patches.</param>
        public static Loss Patches(Picture picture, LayerPick? layers = null, int size = 3, int stride = 1) => size < 1 || stride < 1
            ? throw new ArgumentException($"Patches need a size and a stride of at least 1, got {size} and {stride}.")
            : TorchLoss.OfTargets(layers ?? Loss.DefaultContentLayers, picture, "patches", asStyle: true,
                target => LibTorch.NearestPatches.Of(target, size, stride));
    }
}
