using System.Globalization;

namespace StyleLab.Runs;

/// <summary>Finds terms that cannot do their work at the start of a run: the usual cause of grey or unchanged pictures.</summary>
internal static class StartDiagnosis
{
    private const double Negligible = 1e-6;

    // These keep a picture tidy; that they are small at the start is what one hopes for.
    private static readonly string[] s_tidying = ["total variation", "range"];

    /// <param name="losses">The objective at the start.</param>
    /// <param name="size">Size of the picture it was seen at.</param>
    /// <param name="startsFromPicture">True if the content term may well be small because it is met already.</param>
    /// <param name="balanceIsTold">True if <see cref="WeightBalance"/> has spoken of content and style.</param>
    public static IEnumerable<string> Of(LossValues losses, PictureSize size, bool startsFromPicture, bool balanceIsTold = false)
    {
        foreach (var part in losses.Parts)
            // A term of weight 0 was not asked for.
            if (part.Value != 0 && part.Value < Negligible * losses.Value && !s_tidying.Contains(part.Name)
                && !(startsFromPicture && IsOf(part, "content")) && !(balanceIsTold && (IsOf(part, "content") || IsOf(part, "style"))))
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"The term '{part.Name}' is {part.Value:G2} of {losses.Value:G2} at the start, at {size}: at this weight it cannot move the picture; give it more weight.");
    }

    /// <summary>Whether a term is of a kind, on whatever network.</summary>
    private static bool IsOf(LossValues part, string kind) => part.Name == kind || part.Name.StartsWith(kind + LayerLoss.OnMark, StringComparison.Ordinal);

    /// <summary>That the start is where the objective wants to be.</summary>
    /// <param name="sizes">Sizes at which it is.</param>
    public static string NothingMoves(IEnumerable<PictureSize> sizes) =>
        $"Nothing moves the picture at {string.Join(", ", sizes)}: the gradient of the objective is zero at the start (a content term alone is, when the run starts from the content).";

    /// <summary>Why a run cannot begin: which terms are no number.</summary>
    public static string NotFinite(LossValues losses)
    {
        var terms = losses.Parts.Where(part => !double.IsFinite(part.Value)).Select(part => $"'{part.Name}'").Distinct().ToList();
        string which = double.IsFinite(losses.Value) ? "The gradient of the objective"
            : terms.Count == 0 ? "The objective"
            : $"The objective (its term {string.Join(", ", terms)})";
        return $"{which} is not a finite number at the start; check the weights of its terms and the start picture.";
    }
}
