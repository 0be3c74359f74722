using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>One step of a run.</summary>
internal static class StepCard
{
    private const int PictureBox = 240, PicturePixels = 320, PictureBytes = 24 * 1024;

    public static string ToHtml(SynthesisStep step) => CardHtml.Card($"Step {step.Index} of {step.Steps}", Facts(step), CardHtml.Beside(
        PictureOf(step) is { } picture
            ? PictureHtml.WithSize(picture, $"the picture after step {step.Index}", PictureBox, PicturePixels, PictureBytes)
            : "<em style=\"opacity:.7\">the run has gone on; its picture was not kept</em>",
        CardHtml.Table(["term", "loss"], 1, Terms(step.Losses).Select(row => row.Select(CardHtml.Text).ToList()))));

    public static string ToText(SynthesisStep step) =>
        $"Step {step.Index} of {step.Steps} · {Facts(step)}\n{CardText.Table([], 1, [.. Terms(step.Losses)])}".TrimEnd();

    /// <summary>The picture, unless the run has gone on.</summary>
    public static Picture? PictureOf(SynthesisStep step)
    {
        try
        {
            return step.Picture.Clamp();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Facts(SynthesisStep step) =>
        $"{step.Size} · loss {CardText.Number(step.Loss)} · {ProgressView.Duration(step.Elapsed)}";

    private static IEnumerable<IReadOnlyList<string>> Terms(LossValues losses) =>
        losses.Parts.Select(part => (IReadOnlyList<string>)[part.Name, CardText.Number(part.Value)]);
}
