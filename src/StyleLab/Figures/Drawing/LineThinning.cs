namespace StyleLab.Figures;

internal static class LineThinning
{
    /// <summary>
    /// The same line with fewer points: of neighbours within one unit across only the lowest and the highest stay,
    /// so that no peak is lost and a long run makes no heavy figure.
    /// </summary>
    public static List<Spot> Thin(List<Spot> line)
    {
        if (line.Count < 1000)
            return line;
        var thin = new List<Spot> { line[0] };
        for (int start = 1, end; start < line.Count - 1; start = end)
        {
            int lowest = start, highest = start;
            for (end = start + 1; end < line.Count - 1 && Math.Abs(line[end].X - line[start].X) < 1; end++)
            {
                lowest = line[end].Y < line[lowest].Y ? end : lowest;
                highest = line[end].Y > line[highest].Y ? end : highest;
            }
            thin.Add(line[Math.Min(lowest, highest)]);
            if (lowest != highest)
                thin.Add(line[Math.Max(lowest, highest)]);
        }
        thin.Add(line[^1]);
        return thin;
    }
}
