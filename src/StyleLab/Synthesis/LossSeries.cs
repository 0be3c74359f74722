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
}
