namespace StyleLab.Figures;

internal static class Dashes
{
    /// <summary>The lengths of a dash and of the gap after it, in widths of the line.</summary>
    public const double Dash = 4, Gap = 3;

    /// <summary>Cuts a line into dashes.</summary>
    public static IEnumerable<IReadOnlyList<Spot>> Cut(IReadOnlyList<Spot> points, double width)
    {
        var dash = new List<Spot> { points[0] };
        double left = Dash * width;
        bool isGap = false;
        for (int i = 1; i < points.Count; i++)
        {
            var from = points[i - 1];
            double length = Math.Sqrt(Square(points[i].X - from.X) + Square(points[i].Y - from.Y));
            double done = 0;
            while (length - done > left)
            {
                done += left;
                double share = done / length;
                var cut = new Spot(from.X + (points[i].X - from.X) * share, from.Y + (points[i].Y - from.Y) * share);
                if (!isGap)
                    yield return [.. dash, cut];
                isGap = !isGap;
                left = (isGap ? Gap : Dash) * width;
                dash = [cut];
            }
            left -= length - done;
            dash.Add(points[i]);
        }
        if (!isGap)
            yield return dash;
    }

    private static double Square(double x) => x * x;
}
