namespace StyleLab.Figures;

/// <summary>
/// Antialiased strokes of a round pen on a picture. The strokes of one mask are painted together,
/// so that a translucent colour does not darken where they cross.
/// </summary>
internal sealed class StrokeMask(double penWidth)
{
    private readonly List<(Spot From, Spot To)> _segments = [];
    private readonly double _reach = Math.Max(penWidth, 0.5) / 2 + 0.5;

    public void Add(IReadOnlyList<Spot> stroke)
    {
        if (stroke.Count == 1)
            _segments.Add((stroke[0], stroke[0]));
        for (int i = 1; i < stroke.Count; i++)
            _segments.Add((stroke[i - 1], stroke[i]));
    }

    /// <summary>Paints the strokes added so far; coordinates are pixels, (0, 0) is the top left corner of the first.</summary>
    public void Paint(Picture picture, Ink ink)
    {
        if (_segments.Count == 0)
            return;
        int left = Clamp(_segments.Min(s => Math.Min(s.From.X, s.To.X)) - _reach, picture.Width);
        int right = Clamp(_segments.Max(s => Math.Max(s.From.X, s.To.X)) + _reach + 1, picture.Width);
        int top = Clamp(_segments.Min(s => Math.Min(s.From.Y, s.To.Y)) - _reach, picture.Height);
        int bottom = Clamp(_segments.Max(s => Math.Max(s.From.Y, s.To.Y)) + _reach + 1, picture.Height);
        if (left >= right || top >= bottom)
            return;

        var coverage = new float[(bottom - top) * (right - left)];
        foreach (var segment in _segments)
            Cover(segment.From, segment.To, coverage, left, top, right, bottom);
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
                picture.Blend(x, y, ink, coverage[(y - top) * (right - left) + x - left]);
    }

    private void Cover(Spot from, Spot to, float[] coverage, int left, int top, int right, int bottom)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, squaredLength = dx * dx + dy * dy;
        int firstY = Math.Max(top, (int)(Math.Min(from.Y, to.Y) - _reach));
        int lastY = Math.Min(bottom - 1, (int)(Math.Max(from.Y, to.Y) + _reach));
        int firstX = Math.Max(left, (int)(Math.Min(from.X, to.X) - _reach));
        int lastX = Math.Min(right - 1, (int)(Math.Max(from.X, to.X) + _reach));
        for (int y = firstY; y <= lastY; y++)
            for (int x = firstX; x <= lastX; x++)
            {
                double px = x + 0.5 - from.X, py = y + 0.5 - from.Y;
                double along = squaredLength > 0 ? Math.Clamp((px * dx + py * dy) / squaredLength, 0, 1) : 0;
                double awayX = px - along * dx, awayY = py - along * dy;
                float covered = (float)Math.Clamp(_reach - Math.Sqrt(awayX * awayX + awayY * awayY), 0, 1);
                ref float cell = ref coverage[(y - top) * (right - left) + x - left];
                cell = Math.Max(cell, covered);
            }
    }

    private static int Clamp(double edge, int size) => (int)Math.Clamp(Math.Floor(edge), 0, size);
}
