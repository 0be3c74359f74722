using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>What a run left: its picture, the weights and what became of each term, the time, the curve, the recipe behind a fold.</summary>
internal static class ResultCard
{
    private const int PictureBox = 340, PicturePixels = 512, PictureBytes = 40 * 1024;

    public static string ToHtml(SynthesisResult result, string title = "Synthesis") => CardHtml.Card(title, Facts(result),
        CardHtml.Beside(
            PictureHtml.WithSize(result.Picture, "the picture that came out", PictureBox, PicturePixels, PictureBytes),
            Curve(result) + CardHtml.Table(["weight", "term", "at the start", "at the end"], 2, Terms(result).Select(row => row.Select(CardHtml.Text).ToList()))),
        CardHtml.Warnings(result.Warnings),
        CardHtml.Folded("recipe", RecipeCard.Body(result.Recipe)));

    public static string ToText(SynthesisResult result) => string.Join('\n',
    [
        $"Result {result.Picture.Width}×{result.Picture.Height} · {Facts(result)}",
        CardText.Table(["weight", "term", "at the start", "at the end"], 2, [.. Terms(result)]),
        .. result.Warnings.Select(warning => "! " + warning),
    ]);

    /// <summary>One line: steps, loss, time.</summary>
    public static string Facts(SynthesisResult result) => string.Join(" · ",
    [
        CardText.Count(result.History.Count, "step"),
        .. result.LossesAtEnd is { } end ? [$"loss {CardText.Number(end.Value)}"] : Array.Empty<string>(),
        ProgressView.Duration(result.Elapsed),
        .. result.Interrupted ? ["interrupted"] : Array.Empty<string>(),
    ]);

    private static string Curve(SynthesisResult result)
    {
        if (result.History.Count < 2)
            return "";
        var plot = result.LossPlot();
        (plot.Width, plot.Height) = (390, 230);
        return plot.ToSvg(inheritInk: true);
    }

    /// <summary>Weight, name, first and last value of each term; the weights are inside the values.</summary>
    private static IEnumerable<IReadOnlyList<string>> Terms(SynthesisResult result)
    {
        var terms = LossOutline.Of(result.Recipe.Objective).TopTerms;
        var (start, end) = (Values(result.LossesAtStart), Values(result.LossesAtEnd));
        for (int i = 0; i < terms.Count; i++)
            yield return [$"{CardText.Number(terms[i].Weight)} ×", terms[i].Name, Value(start, i), Value(end, i)];

        IReadOnlyList<LossValues> Values(LossValues? losses) =>
            losses is null ? [] : losses.Parts.Count == terms.Count && terms.Count > 1 ? losses.Parts : [losses];

        string Value(IReadOnlyList<LossValues> values, int i) => values.Count == terms.Count ? CardText.Number(values[i].Value) : "";
    }
}
