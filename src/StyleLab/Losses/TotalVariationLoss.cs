using System.Text.Json.Serialization;
using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Mean of the differences between neighbours, squared or not; see <see cref="Loss.TotalVariation"/>.</summary>
public sealed record TotalVariationLoss : Loss
{
    // The root is rounded off below this difference of colours, about five of 255, so that it has a gradient everywhere.
    private const float Rounding = 0.02f;

    /// <summary>White where the picture is to be smooth, black where anything may be; everywhere if not given.</summary>
    public Picture? Guide { get; init; }

    /// <summary>True to count steps as they are, not squared: an edge costs as much steep as soft, and only ripples cost more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepsEdges { get; init; }

    internal override IEnumerable<LossPicture> Pictures => LossPicture.Guide(Guide);

    internal override bool IsTidying => true;

    public override LossTerm Build(LossContext context)
    {
        var picture = context.Maps.Picture;
        int height = picture.Shape.Height, width = picture.Shape.Width;
        if (height < 2 || width < 2)
            throw new StyleLabException($"Total variation needs a picture of at least 2×2 pixels, got {width}×{height}.");
        var across = picture.Crop(0, 1, height, width - 1) - picture.Crop(0, 0, height, width - 1);
        var down = picture.Crop(1, 0, height - 1, width) - picture.Crop(0, 0, height - 1, width);
        return KeepsEdges
            ? LossTerm.Leaf("total variation, edges kept", Mean(Lengths(across.Crop(0, 0, height - 1, width - 1), down.Crop(0, 0, height - 1, width - 1))))
            : LossTerm.Leaf("total variation", Mean(across.Square()) + Mean(down.Square()));

        Tensor Mean(Tensor steps) => (Guide is null ? steps : steps * context.MaskOf(Guide).Crop(0, 0, steps.Shape.Height, steps.Shape.Width)).Mean();
    }

    /// <summary>The length of the step to both neighbours at once, over all colours.</summary>
    private static Tensor Lengths(Tensor across, Tensor down)
    {
        var squares = (across.Square() + down.Square()).SumTo(across.Shape with { Channels = 1 });
        return (squares + Rounding * Rounding).Sqrt() - Rounding;
    }
}
