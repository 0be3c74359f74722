namespace StyleLab.Figures;

internal static class LineThinning
{
    /// <summary>
    /// The same line with fewer points: of neighbours within half a pixel across, the first, lowest, highest and last
    /// stay, so that no peak is lost and a long run makes no heavy figure.
    /// </summary>
    public static List<Spot> Thin(List<Spot> line)
    {
        if (line.Count < 1000)
            return line;
        var thin = new List<Spot>();
        for (int start = 0, end; start < line.Count; start = end)
        {
            int lowest = start, highest = start;
            for (end = start + 1; end < line.Count && Math.Abs(line[end].X - line[start].X) < 0.5; end++)
            {
                lowest = line[end].Y < line[lowest].Y ? end : lowest;
                highest = line[end].Y > line[highest].Y ? end : highest;
            }
            foreach (int index in new SortedSet<int> { start, lowest, highest, end - 1 })
                thin.Add(line[index]);
        }
        return thin;
    }
}
