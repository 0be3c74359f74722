using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>How what runs are made of and leave behind shows itself in a notebook: a card, a small picture where no HTML is shown, and text.</summary>
internal sealed class CardFormatters
{
    private const int FallbackPixels = 320, SheetPixels = 640, FallbackBytes = 24 * 1024, SheetBytes = 48 * 1024, SheetCell = 96;

    public IEnumerable<object> CreateTypeFormatters() =>
    [
        .. Card<SynthesisResult>(result => ResultCard.ToHtml(result), ResultCard.ToText, result => result.Picture),
        .. Card<SynthesisStep>(StepCard.ToHtml, StepCard.ToText, StepCard.PictureOf),
        .. Card<SweepCell>(CellHtml, CellText, cell => cell.Picture),
        .. Card<DriftRound>(round => ResultCard.ToHtml(round.Result, Title(round)), round => $"{Title(round)}\n{ResultCard.ToText(round.Result)}", round => round.Picture),
        .. Card<SweepResult>(SweepCard.ToHtml, SweepCard.ToText),
        new MimeFormatter<SweepResult>("image/jpeg", sweep => sweep.Cells.Count == 0 ? null : Sheet(sweep.ContactSheet(SheetCell))),
        .. Card<SweepTable>(SweepCard.ToHtml, SweepCard.ToText),
        .. Card<DriftResult>(DriftCard.ToHtml, DriftCard.ToText),
        new MimeFormatter<DriftResult>("image/jpeg", drift => Sheet(drift.ContactSheet(SheetCell))),
        .. Card<Recipe>(RecipeCard.ToHtml, RecipeCard.ToText),
        .. Card<Loss>(loss => CardHtml.Card("Loss", CardText.Count(LossOutline.Of(loss).TopTerms.Count, "term"), LossOutline.Of(loss).ToHtml()), loss => LossOutline.Of(loss).ToText()),
        .. Card<FeatureMaps>(FeatureMapsCard.ToHtml, FeatureMapsCard.ToText),
        .. Card<Start>(StartHtml, start => "Start: " + SettingText.Of(start)),
        new MimeFormatter<Optimizer>("text/plain", SettingText.Of),
        new MimeFormatter<Sweep>("text/plain", SweepText),
    ];

    private static IEnumerable<object> Card<T>(Func<T, string> html, Func<T, string> text, Func<T, Picture?>? picture = null)
    {
        yield return new MimeFormatter<T>("text/html", html);
        if (picture is not null)
            yield return new MimeFormatter<T>("image/jpeg", value => picture(value) is { } shown ? Jpeg(shown, FallbackPixels, FallbackBytes) : null);
        yield return new MimeFormatter<T>("text/plain", text);
    }

    private static string Sheet(Grid sheet) => Jpeg(sheet.ToPicture(1), SheetPixels, SheetBytes);

    private static string Jpeg(Picture picture, int longSide, int bytes) => Convert.ToBase64String(EmbeddedPicture.SmallJpeg(picture, longSide, bytes));

    private static string Title(DriftRound round) => $"Round {round.Index}";

    private static string CellHtml(SweepCell cell) => cell.Result is { } result
        ? ResultCard.ToHtml(result, SweepCard.LabelOf(cell))
        : CardHtml.Card(SweepCard.LabelOf(cell), "failed", CardHtml.Warnings([cell.Error ?? ""]), RecipeCard.Body(cell.Recipe));

    private static string CellText(SweepCell cell) =>
        $"{SweepCard.LabelOf(cell)}\n{(cell.Result is { } result ? ResultCard.ToText(result) : "failed: " + cell.Error)}";

    private static string StartHtml(Start start) => CardHtml.Card("Start", SettingText.Of(start),
        start is PictureStart { Picture: var picture } ? PictureHtml.Image(picture, CardText.NameOf(picture), 160, 320, 12 * 1024) : "");

    private static string SweepText(Sweep sweep) =>
        $"A sweep of {CardText.Count(sweep.Count, "run")}: {string.Join(" × ", sweep.Axes.Select(axis => $"{axis.Name} ({string.Join(", ", axis.Labels.Take(12))}{(axis.Labels.Count > 12 ? ", …" : "")})"))}; await sweep.Run() makes them";
}
