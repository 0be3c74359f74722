using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Plans;

namespace StyleLab.Losses;

/// <summary>What a loss needs to become nodes of the graph: the network, the picture being made, and the size of this pass.</summary>
/// <param name="Network">The loss network.</param>
/// <param name="Maps">Feature maps of the picture being made.</param>
/// <param name="Size">Size of the picture being made, without its margin.</param>
/// <param name="Margin">Pixels around it that are made as well.</param>
/// <param name="Scale">Its size as a fraction of the final size: style pictures shrink with it.</param>
/// <param name="Engine">Where targets are computed.</param>
/// <param name="Tileable">True if the margin repeats the opposite edge: then it is seen by the network but not counted again.</param>
internal sealed record LossContext(
    LossNetwork Network, FeatureMaps Maps, PictureSize Size, int Margin, double Scale, IEngine Engine, bool Tileable = false)
{
    /// <summary>The part of a feature map of the picture being made, or of its content, that a loss counts.</summary>
    public Tensor Counted(Tensor map)
    {
        if (!Tileable)
            return map;
        int inset = (int)Math.Round((double)Margin * map.Shape.Height / Maps.Picture.Shape.Height);
        return map.Crop(inset, inset, map.Shape.Height - 2 * inset, map.Shape.Width - 2 * inset);
    }

    /// <summary>A guide for the part of a feature map that is counted; see <see cref="Guide"/>.</summary>
    public Guide GuideOf(Picture? picture) => new(picture, Size, Tileable ? 0 : Margin);

    /// <summary>Feature maps of a content picture at the size of this pass, mirrored into the margin.</summary>
    public FeatureMaps ContentMaps(Picture picture) => MapsOf(picture.ResizeIfNeeded(Size.Width, Size.Height).WithMargin(Margin));

    /// <summary>Feature maps of a style picture, shrunk as much as the picture being made.</summary>
    public FeatureMaps StyleMaps(Picture picture) => MapsOf(picture.ResizeIfNeeded(Scaled(picture.Width), Scaled(picture.Height)));

    /// <summary>Computes target tensors once and turns them into constants.</summary>
    public Tensor[] Fix(IReadOnlyList<Tensor> targets)
    {
        using var plan = Plan.Compile(targets, Engine);
        plan.Run();
        return [.. targets.Select(t => Tensor.Constant(plan.Read(t), t.Shape))];
    }

    private FeatureMaps MapsOf(Picture picture) => new(Network, picture.ToTensor());

    // A style picture must stay large enough for the deepest pooling.
    private int Scaled(int pixels) => Math.Max(Math.Min(pixels, 32), (int)Math.Round(pixels * Scale));
}
