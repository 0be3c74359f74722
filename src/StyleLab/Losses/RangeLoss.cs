using StyleLab.Losses;

namespace StyleLab;

/// <summary>Mean squared overshoot beyond 0..1; see <see cref="Loss.Range"/>.</summary>
public sealed record RangeLoss : Loss
{
    internal override bool IsTidying => true;

    public override LossTerm Build(LossContext context)
    {
        var picture = context.Maps.Picture;
        return LossTerm.Leaf("range", (picture - picture.Clamp(0, 1)).Square().Mean());
    }
}
