namespace StyleLab;

/// <summary>The history of a run as curves: the objective and each of its terms.</summary>
internal static class LossSeries
{
    public static IReadOnlyList<PlotSeries> Of(IReadOnlyList<LossValues> history)
    {
        if (history.Count == 0)
            return [];
        var names = history[0].Parts.Count > 1 ? history[0].Parts.Select(p => p.Name).Distinct() : [];
        return
        [
            new PlotSeries("total", [.. history.Select(h => h.Value)]),
            .. names.Select(name => new PlotSeries(name, [.. history.Select(h => h.Parts.Where(p => p.Name == name).Sum(p => p.Value))])),
        ];
    }

    /// <summary>Where each size of the run began, if there were several.</summary>
    public static IReadOnlyList<PlotMark> Marks(IReadOnlyList<LossValues> history)
    {
        var marks = new List<PlotMark>();
        for (int i = 0; i < history.Count; i++)
            if (history[i].Size is { } size && (i == 0 || history[i - 1].Size != size))
                marks.Add(new(i + 1, $"{size.LongSide} px"));
        return marks.Count > 1 ? marks : [];
    }
}
