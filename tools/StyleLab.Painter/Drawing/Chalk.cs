using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A stick of pastel: colour stays on the ridges of the paper first, and in its hollows only where one presses.</summary>
/// <param name="canvas">The paper; the thickness on it is the height of its surface, 0..1.</param>
internal sealed class Chalk(Canvas canvas)
{
    /// <summary>How hard it is pressed: 0.3 catches the ridges only, 1 fills most hollows.</summary>
    public float Pressure { get; set; } = 0.6f;

    /// <summary>Draws a line that is lighter at both ends.</summary>
    /// <param name="path">Points about 2 canvas pixels apart.</param>
    /// <param name="width">Across, in canvas pixels.</param>
    /// <param name="color">The colour of the stick.</param>
    public void Stroke(List<Vector2> path, float width, Vector3 color)
    {
        float radius = width / 2;
        // Each point of the line rubs off a little, so that the middle of a stroke is covered many times over.
        float rub = 2.2f / radius;
        for (int i = 0; i < path.Count; i++)
        {
            float ends = Shade.Ramp(0, 6, MathF.Min(i, path.Count - 1 - i) + 1);
            var here = path[i];
            int left = Math.Max((int)(here.X - radius), 0), right = Math.Min((int)(here.X + radius) + 1, Canvas.Size - 1);
            int top = Math.Max((int)(here.Y - radius), 0), bottom = Math.Min((int)(here.Y + radius) + 1, Canvas.Size - 1);
            for (int y = top; y <= bottom; y++)
            {
                for (int x = left; x <= right; x++)
                {
                    int at = y * Canvas.Size + x;
                    float off = Vector2.Distance(new Vector2(x + 0.5f, y + 0.5f), here) / radius;
                    float press = Pressure * ends * Shade.Ramp(1.05f, 0.45f, off);
                    float cover = Shade.Ramp(-0.05f, 0.16f, press - canvas.Thickness[at]) * MathF.Min(rub, 1);
                    canvas.Color[at] = Vector3.Lerp(canvas.Color[at], color, cover);
                }
            }
        }
    }
}
