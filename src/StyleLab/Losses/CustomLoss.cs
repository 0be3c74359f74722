using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>A user's own loss over one feature map; see <see cref="Loss.Custom"/>. A recipe with one cannot be reproduced from its file.</summary>
public sealed record CustomLoss(string Layer, Func<Tensor, Tensor> Of, string Name) : Loss
{
    internal override IEnumerable<LayerPick> LayerPicks => [Layer];

    internal override bool IsCode => true;

    internal override LossTerm Build(LossContext context, double weight)
    {
        var value = Of(context.Maps[Layer]);
        return value.Shape == Shape.Scalar
            ? LossTerm.Leaf(Name, value * (float)weight)
            : throw new StyleLabException(
                $"The loss '{Name}' must be a single value, got a tensor of {value.Shape}; end it with Sum() or Mean().");
    }
}
