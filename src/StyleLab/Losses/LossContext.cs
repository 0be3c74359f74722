using StyleLab.Losses;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Plans;

namespace StyleLab;

/// <summary>
/// What a loss gets to build itself from, once for each size of a run: the network, the feature maps of the picture being made, and
/// those of any other picture at the size of this pass. What depends on no map of the picture being made is computed once.
/// </summary>
public sealed class LossContext
{
    private readonly List<(Tensor Number, Func<double, double> At)> _schedules = [];
    private readonly Dictionary<NetworkRecipe, LossContext> _others = [];
    private readonly IEngine _engine;

    internal LossContext(LossNetwork network, FeatureMaps maps, PictureSize size, int margin, double scale, IEngine engine, bool tileable = false)
    {
        (Network, Maps, Size, Margin, Scale, Tileable) = (network, maps, size, margin, scale, tileable);
        _engine = engine;
    }

    /// <summary>The same run as another network sees it.</summary>
    private LossContext(LossContext run, LossNetwork network)
        : this(network, run.Maps.On(network), run.Size, run.Margin, run.Scale, run._engine, run.Tileable)
    {
        (_schedules, _others) = (run._schedules, run._others);
        Cancellation = run.Cancellation;
    }

    /// <summary>
    /// The same as another network sees it, for a loss that asks several: its <see cref="Maps"/> are those of that network. Of one network there is one
    /// context, so that each of its layers is computed once.
    /// </summary>
    /// <param name="network">The other network; the run's own is this context.</param>
    public LossContext On(LossNetwork network)
    {
        _others.TryAdd(Network.Recipe, this);
        return _others.TryGetValue(network.Recipe, out var known) ? known : _others[network.Recipe] = new(this, network);
    }

    /// <summary>The loss network.</summary>
    public LossNetwork Network { get; }

    /// <summary>Feature maps of the picture being made, with its margin; the picture itself is <see cref="FeatureMaps.Picture"/>.</summary>
    public FeatureMaps Maps { get; }

    /// <summary>Size of the picture being made, without its margin.</summary>
    public PictureSize Size { get; }

    /// <summary>Pixels around it that are made as well.</summary>
    public int Margin { get; }

    /// <summary>Its size as a fraction of the final size: style pictures shrink with it.</summary>
    public double Scale { get; }

    /// <summary>True if the margin repeats the opposite edge: then it is seen by the network but not counted again.</summary>
    public bool Tileable { get; }

    /// <summary>The progress of the run, a scalar: 0 at its first step, towards 1 at its last, over all sizes.</summary>
    public Tensor Progress => Schedule(progress => progress);

    /// <summary>A number that changes in the course of the run, as a scalar: given anew at every step.</summary>
    /// <param name="at">From the progress of the run, 0 to 1, to the number.</param>
    /// <example><code>context.Schedule(p => p &lt; 0.5 ? 1 : 0)</code></example>
    public Tensor Schedule(Func<double, double> at)
    {
        var number = Tensor.Variable(Shape.Scalar);
        _schedules.Add((number, at));
        return number;
    }

    /// <summary>Refuses a picture of low resolution that is larger than the picture being made.</summary>
    internal void RequireNotLarger(Picture picture, string name)
    {
        if (picture.Width > Size.Width || picture.Height > Size.Height)
            throw new StyleLabException(
                $"{name} is {picture.Width}×{picture.Height}, larger than the result of {Size}; make the result larger, and in one pass: sizes: [long side].");
    }

    /// <summary>Ends the computation of targets.</summary>
    internal CancellationToken Cancellation { get; init; }

    /// <summary>The part of a feature map of the picture being made, or of its content, that a loss counts.</summary>
    public Tensor WithoutWrappedMargin(Tensor map)
    {
        if (!Tileable)
            return map;
        int inset = (int)Math.Round((double)Margin * map.Shape.Height / Maps.Picture.Shape.Height);
        // Of a picture smaller than the stride of a deep layer, one position is left.
        int top = Math.Min(inset, (map.Shape.Height - 1) / 2), left = Math.Min(inset, (map.Shape.Width - 1) / 2);
        return map.Crop(top, left, map.Shape.Height - 2 * top, map.Shape.Width - 2 * left);
    }

    /// <summary>A map that is <see cref="WithoutWrappedMargin"/>, as a guide lets it be seen: multiplied by it, scaled to a mean square of 1.</summary>
    /// <param name="map">1×C×H×W.</param>
    /// <param name="guide">White where the loss looks, black where it does not; null looks everywhere.</param>
    /// <exception cref="StyleLabException">The guide is black.</exception>
    public Tensor Guided(Tensor map, Picture? guide) => GuideOf(guide).Apply(map);

    /// <summary>Feature maps of a content picture at the size of this pass, mirrored into the margin: as large as those of the picture being made.</summary>
    public FeatureMaps ContentMaps(Picture picture) =>
        new(Network, picture.ResizeIfNeeded(Size.Width, Size.Height).Solid().WithMargin(Margin).ToTensor(), picture);

    /// <summary>Feature maps of a style picture, shrunk as much as the picture being made; without a margin.</summary>
    /// <param name="picture">Any size; mirrored where it is too narrow for the layers.</param>
    /// <param name="layers">The layers that will be asked for.</param>
    public FeatureMaps StyleMaps(Picture picture, LayerPick layers) => StyleOf(picture, layers.Resolve(Network.Architecture)).Maps;

    /// <summary>What changes in the course of the run.</summary>
    internal IReadOnlyList<(Tensor Number, Func<double, double> At)> Schedules => _schedules;

    /// <summary>A guide for the part of a feature map that is counted; see <see cref="Guide"/>.</summary>
    internal Guide GuideOf(Picture? picture) => new(picture, Size, Tileable ? 0 : Margin);

    /// <summary>A guide as a mask of the picture being made, with its margin: 1×1×H×W, 1 where it is white.</summary>
    internal Tensor MaskOf(Picture guide) =>
        guide.AsMask().Resize(Size.Width, Size.Height, Resampling.Bilinear).WithMargin(Margin).Luminance().ToTensor();

    /// <summary>A style picture for these layers, shrunk as much as the picture being made.</summary>
    internal StyleView StyleOf(Picture picture, IReadOnlyList<string> layers) => StyleView.Of(Network, picture, Scale, layers);

    /// <summary>Computes target tensors once and turns them into constants, for those whose values are needed now.</summary>
    internal Tensor[] Precompute(IReadOnlyList<Tensor> targets)
    {
        Cancellation.ThrowIfCancellationRequested();
        using var plan = Plan.Compile(targets, _engine);
        plan.Run(Cancellation);
        return [.. targets.Select(t => Tensor.Constant(plan.Read(t), t.Shape))];
    }
}
