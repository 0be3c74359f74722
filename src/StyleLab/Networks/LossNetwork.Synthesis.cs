using System.Collections.Concurrent;
using StyleLab.Syntheses;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;

namespace StyleLab;

// What the rest of the library asks of a loss network: feature maps as tensors, and runs.
public sealed partial class LossNetwork
{
    private const int DefaultMargin = 8;

    private readonly ConcurrentDictionary<string, (Tensor Weight, Tensor Bias)> _tensors = new();

    /// <summary>
    /// What convolutions see beyond the edge of the picture: <see cref="Padding.Reflect"/> unless chosen otherwise.
    /// With the zeros of training a bright rim appears in synthesised pictures.
    /// </summary>
    public Padding Padding { get; private init; } = Padding.Reflect;

    /// <summary>The same network and weights with another padding.</summary>
    public LossNetwork WithPadding(Padding padding) =>
        padding == Padding ? this : new(Name, Architecture, Pooling, Source, _weights) { Padding = padding };

    /// <summary>The same network and weights with the content scale of a recipe.</summary>
    internal LossNetwork WithContentScale(double scale) => scale == Architecture.ContentScale
        ? this
        : new(Name, Architecture with { ContentScale = scale }, Pooling, Source, _weights) { Padding = Padding };

    /// <summary>The feature maps of a picture as tensors, for losses of your own and for looking at.</summary>
    public FeatureMaps Features(Picture picture) => new(this, picture.ToTensor(), picture);

    /// <summary>This network as a recipe names it, for a sweep over networks: <c>recipe with { Network = other.Recipe }</c>.</summary>
    public NetworkRecipe Recipe => new(Source.Reference, Source.Sha256, Pooling, Padding)
    {
        ContentScale = Architecture.ContentScale == 1 ? null : Architecture.ContentScale,
    };

    /// <summary>A run that minimises <paramref name="objective"/>; it begins when it is awaited.</summary>
    /// <param name="objective">A sum of losses.</param>
    /// <param name="start">Noise of seed 1 if not given.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="size">Size of the result; that of the first content picture if not given, else of the start or style picture.</param>
    /// <param name="sizes">Long sides from coarse to fine; halved down to 64 if not given. One entry: no coarse-to-fine.</param>
    /// <param name="margin">
    /// Pixels around the picture that are made as well and cut off: what a network does at the edge of its input, where
    /// half of each filter sees nothing new, falls there instead of leaving a rim. 0 for losses that need the exact size.
    /// </param>
    /// <param name="keepColors">True to give the result the colours of the content picture.</param>
    /// <param name="engine">Where to compute; all cores of this machine if not given.</param>
    /// <param name="tileable">
    /// True to make a picture that can be laid side by side without seams: what is beyond an edge comes from the opposite one,
    /// <paramref name="margin"/> pixels deep.
    /// </param>
    /// <param name="colorsOf">A picture whose colours the result gets at its end, as by <see cref="Picture.MatchColors"/>.</param>
    /// <exception cref="StyleLabException">A layer does not exist, or nothing says how large the result is to be.</exception>
    public Synthesis Synthesize(Loss objective, Start? start = null, Optimizer? optimizer = null, PictureSize? size = null,
        IReadOnlyList<int>? sizes = null, int margin = DefaultMargin, bool keepColors = false, IEngine? engine = null,
        bool tileable = false, Picture? colorsOf = null)
    {
        foreach (var pick in objective.LayerPicks)
            pick.Resolve(Architecture);
        if (margin < 0)
            throw new ArgumentException($"The margin must not be negative, got {margin}.");
        start ??= Start.Noise();
        optimizer ??= Optimizer.Lbfgs();
        engine ??= Engine.Default;
        var final = size ?? SizeOf(objective.ContentPictures.FirstOrDefault() ?? (start as PictureStart)?.Picture
            ?? objective.StylePictures.FirstOrDefault()
            ?? throw new StyleLabException("Nothing says how large the result is to be: give a size, a content picture or a start picture."));
        if (sizes is not null)
            final = final.Fit(sizes[^1]);
        var passes = sizes is null
            ? Schedule.CoarseToFine(final, optimizer.Steps)
            : Schedule.Of(final, optimizer.Steps, sizes);
        var recipe = new Recipe(Recipe, objective, start, optimizer, passes, margin, keepColors, RecipeJson.NameOf(engine))
        {
            Tileable = tileable, Grey = true, ColorsOf = colorsOf,
        };
        return new Synthesis(recipe, this, engine);
    }

    /// <summary>
    /// The picture as the network expects it, scale · picture + offset per channel. Channels stay red, green, blue:
    /// a network trained on another order has the first filters' channels exchanged instead.
    /// </summary>
    internal Tensor InputOf(Tensor picture)
    {
        var input = Architecture.Input;
        var shape = new Shape(1, 3, 1, 1);
        int[] channels = [input.PictureChannel(0), input.PictureChannel(1), input.PictureChannel(2)];
        return picture * Tensor.Constant([.. channels.Select(input.Scale)], shape)
            + Tensor.Constant([.. channels.Select(input.Offset)], shape);
    }

    /// <summary>Weights K×C×k×k and bias 1×K×1×1 of a convolution as constants, made once.</summary>
    internal (Tensor Weight, Tensor Bias) WeightTensors(string layer)
    {
        var (weight, bias) = Weights(layer);
        return _tensors.GetOrAdd(layer, _ =>
        {
            int outputs = weight.Shape[0], inputs = weight.Shape[1];
            bool exchanged = Architecture.Input.Order == ChannelOrder.Bgr && _readsPicture.Contains(layer);
            return (Tensor.Constant(exchanged ? BlueAndRedExchanged(weight.Values, weight.Shape[2] * weight.Shape[3]) : weight.Values,
                new Shape(outputs, inputs, weight.Shape[2], weight.Shape[3])), Tensor.Constant(bias.Values, new Shape(1, outputs, 1, 1)));
        });
    }

    private static float[] BlueAndRedExchanged(float[] weights, int taps)
    {
        return [.. Enumerable.Range(0, weights.Length).Select(i =>
        {
            int filter = i / (3 * taps), channel = i / taps % 3, tap = i % taps;
            return weights[(filter * 3 + 2 - channel) * taps + tap];
        })];
    }

    private static PictureSize SizeOf(Picture picture) => new(picture.Width, picture.Height);
}
