using System.Numerics;

namespace StyleLab.Painter;

/// <summary>
/// The hand of one painter: three layers of long, thick, streaked strokes that follow the forms, each thinner than the one before,
/// lit from the side.
/// </summary>
internal static class ThickPaint
{
    /// <summary>Paints a whole canvas.</summary>
    /// <param name="ground">The colour that shows where no paint is.</param>
    /// <param name="target">The colour wanted at a position.</param>
    /// <param name="field">The direction of strokes at a position, of length 1.</param>
    /// <param name="dice">Where jitter comes from.</param>
    public static Picture Paint(int ground, Func<Vector2, Vector3> target, Func<Vector2, Vector2> field, Dice dice)
    {
        var canvas = new Canvas().Fill(p => Shade.Mix(target(p), Shade.Hex(ground), 0.35f));
        var brush = new Brush(canvas, dice) { Load = 3.5f, Streaks = 0.16f, Dryness = 0.4f, BristlePitch = 4.5f };
        new PaintLayer(34, 130, 24) { Variety = 0.10f }.Paint(canvas, brush, target, field, dice);
        brush.Load = 4.5f;
        new PaintLayer(19, 95, 15) { Variety = 0.11f }.Paint(canvas, brush, target, field, dice);
        new PaintLayer(12, 64, 13) { Variety = 0.13f, Tolerance = 0.16f }.Paint(canvas, brush, target, field, dice);
        return canvas.LightRelief(0.24f, 0.12f).Finish();
    }
}
