using System.Numerics;

namespace StyleLab.Painter;

/// <summary>One layer of strokes of one size over the whole canvas, towards a target.</summary>
/// <param name="Width">Across a stroke, in canvas pixels.</param>
/// <param name="Length">Along a stroke, in canvas pixels.</param>
/// <param name="Spacing">Between the middles of neighbouring strokes, in canvas pixels.</param>
internal sealed record PaintLayer(float Width, float Length, float Spacing)
{
    /// <summary>Strokes are left out where the canvas is already this near to the target (Hertzmann 1998); 0 paints
    /// everywhere.</summary>
    public float Tolerance { get; init; }

    /// <summary>How much a stroke's colour may differ from the target, 0..1.</summary>
    public float Variety { get; init; } = 0.05f;

    /// <summary>How much a stroke's direction may differ from the field, in radians.</summary>
    public float Wobble { get; init; } = 0.12f;

    /// <summary>Paints the layer; strokes lie in random order.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="brush">A brush of that canvas.</param>
    /// <param name="target">The colour wanted at a position.</param>
    /// <param name="field">The direction of strokes at a position, of length 1.</param>
    /// <param name="dice">Where jitter comes from.</param>
    public void Paint(Canvas canvas, Brush brush, Func<Vector2, Vector3> target, Func<Vector2, Vector2> field,
        Dice dice)
    {
        var middles = new List<Vector2>();
        for (float y = -Spacing / 2; y < Canvas.Size + Spacing; y += Spacing)
            for (float x = -Spacing / 2; x < Canvas.Size + Spacing; x += Spacing)
                middles.Add(new Vector2(x, y) + new Vector2(dice.Between(-0.6f, 0.6f), dice.Between(-0.6f, 0.6f))
                    * Spacing);
        dice.Shuffle(middles);
        foreach (var middle in middles)
        {
            var color = target(middle);
            if (Tolerance > 0 && Vector3.Distance(canvas.At(middle), color) < Tolerance)
                continue;
            float turn = dice.Normal() * Wobble;
            var turned = Matrix3x2.CreateRotation(turn);
            var path = Flow.Path(p => Vector2.TransformNormal(field(p), turned), middle,
                Length * dice.Between(0.7f, 1.25f));
            color *= 1 + Variety * dice.Normal();
            color += new Vector3(dice.Normal(), dice.Normal(), dice.Normal()) * (Variety * 0.35f);
            brush.Stroke(path, Width * dice.Between(0.75f, 1.2f), Vector3.Clamp(color, Vector3.Zero, Vector3.One));
        }
    }
}
