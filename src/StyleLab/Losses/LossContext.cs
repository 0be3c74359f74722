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
        // Of a picture smaller than the stride of a deep layer, one position is left.
        int top = Math.Min(inset, (map.Shape.Height - 1) / 2), left = Math.Min(inset, (map.Shape.Width - 1) / 2);
        return map.Crop(top, left, map.Shape.Height - 2 * top, map.Shape.Width - 2 * left);
    }

    /// <summary>A guide for the part of a feature map that is counted; see <see cref="Guide"/>.</summary>
    public Guide GuideOf(Picture? picture) => new(picture, Size, Tileable ? 0 : Margin);

    /// <summary>Feature maps of a content picture at the size of this pass, mirrored into the margin.</summary>
    public FeatureMaps ContentMaps(Picture picture) =>
        new(Network, picture.ResizeIfNeeded(Size.Width, Size.Height).WithMargin(Margin).ToTensor(), picture);

    /// <summary>A style picture for these layers, shrunk as much as the picture being made.</summary>
    public StyleView StyleOf(Picture picture, IReadOnlyList<string> layers) => StyleView.Of(Network, picture, Scale, layers);

    /// <summary>Computes target tensors once and turns them into constants.</summary>
    public Tensor[] Fix(IReadOnlyList<Tensor> targets)
    {
        using var plan = Plan.Compile(targets, Engine);
        plan.Run();
        return [.. targets.Select(t => Tensor.Constant(plan.Read(t), t.Shape))];
    }
}
