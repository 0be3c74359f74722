using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A bristle brush: lays strokes along paths, with streaks of colour, ragged ends and thick paint.</summary>
internal sealed class Brush(Canvas canvas, Dice dice)
{
    private readonly int[] _strokeAt = new int[Canvas.Size * Canvas.Size];
    private readonly float[] _nearest = new float[Canvas.Size * Canvas.Size];
    private readonly float[] _along = new float[Canvas.Size * Canvas.Size];
    private readonly float[] _across = new float[Canvas.Size * Canvas.Size];
    private readonly List<int> _touched = [];
    private int _stroke;

    /// <summary>Thickness of the paint it leaves, in canvas pixels.</summary>
    public float Load { get; set; } = 2.5f;

    /// <summary>How much the colour differs between bristles, 0..1.</summary>
    public float Streaks { get; set; } = 0.12f;

    /// <summary>How much of the ground shows between the bristles, 0 (wet) .. 1 (dry).</summary>
    public float Dryness { get; set; } = 0.25f;

    /// <summary>How unevenly the bristles set down and lift, in half-widths of the stroke.</summary>
    public float Raggedness { get; set; } = 0.6f;

    /// <summary>How much of the ground the paint hides, 0..1.</summary>
    public float Opacity { get; set; } = 1f;

    /// <summary>Canvas pixels from bristle to bristle.</summary>
    public float BristlePitch { get; set; } = 3.2f;

    /// <summary>Lays one stroke.</summary>
    /// <param name="path">Points about 2 canvas pixels apart.</param>
    /// <param name="width">Across, in canvas pixels.</param>
    /// <param name="color">The paint on the brush.</param>
    public void Stroke(List<Vector2> path, float width, Vector3 color)
    {
        if (path.Count < 2)
            return;
        Measure(path, width / 2);
        float length = 2f * (path.Count - 1), radius = width / 2;
        int seed = (int)dice.NextBits();
        float bristles = radius / BristlePitch;
        foreach (int at in _touched)
        {
            float along = _along[at], across = _across[at] / radius;
            // One pattern across the brush, drifting slowly along the stroke.
            float bristle = Noise.At(across * bristles, along * 0.02f, seed);
            float fine = Noise.At(across * bristles * 2.1f, along * 0.05f, seed + 1);
            float lift = radius * (0.35f + Raggedness * bristle);
            float ends = Shade.Ramp(-radius * 0.4f, radius * 0.5f, along + lift)
                * Shade.Ramp(-radius * 0.4f, radius * 0.5f, length - along + lift);
            float sides = Shade.Ramp(1.02f, 0.8f, MathF.Abs(across) + 0.27f * Raggedness * bristle);
            float wear = Dryness * (0.35f + 0.65f * along / length);
            float cover = ends * sides * (1 - wear * Shade.Ramp(0.1f, -0.45f, bristle + 0.5f * fine)) * Opacity;
            if (cover <= 0.01f)
                continue;
            var paint = color * (1 + Streaks * (1.2f * bristle + 0.8f * fine))
                + new Vector3(fine, bristle, -fine) * (Streaks * 0.12f);
            canvas.Color[at] = Vector3.Lerp(canvas.Color[at], paint, cover);
            // The brush pushes paint to its sides and leaves furrows between bristles.
            float furrows = 0.6f + 0.5f * bristle + 0.3f * fine + 0.35f * Shade.Ramp(0.5f, 0.85f, MathF.Abs(across));
            canvas.Thickness[at] += (0.3f * canvas.Thickness[at] + Load * furrows - canvas.Thickness[at]) * cover;
        }
    }

    /// <summary>Finds, for each canvas pixel near the path, how far along and across the stroke it lies.</summary>
    private void Measure(List<Vector2> path, float radius)
    {
        _stroke++;
        _touched.Clear();
        for (int i = 0; i < path.Count; i++)
        {
            var here = path[i];
            var tangent = Vector2.Normalize(path[Math.Min(i + 1, path.Count - 1)] - path[Math.Max(i - 1, 0)]);
            int left = Math.Max((int)(here.X - radius - 1), 0),
                right = Math.Min((int)(here.X + radius + 1), Canvas.Size - 1);
            int top = Math.Max((int)(here.Y - radius - 1), 0),
                bottom = Math.Min((int)(here.Y + radius + 1), Canvas.Size - 1);
            for (int y = top; y <= bottom; y++)
            {
                for (int x = left; x <= right; x++)
                {
                    var offset = new Vector2(x + 0.5f, y + 0.5f) - here;
                    float distance = offset.LengthSquared();
                    int at = y * Canvas.Size + x;
                    if (distance > (radius + 1) * (radius + 1)
                        || (_strokeAt[at] == _stroke && _nearest[at] <= distance))
                        continue;
                    if (_strokeAt[at] != _stroke)
                        _touched.Add(at);
                    _strokeAt[at] = _stroke;
                    _nearest[at] = distance;
                    _along[at] = i * 2f + Vector2.Dot(offset, tangent);
                    _across[at] = Vector2.Dot(offset, new Vector2(-tangent.Y, tangent.X));
                }
            }
        }
    }
}
