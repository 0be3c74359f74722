using StyleLab.Losses;

namespace StyleLab.Runs;

/// <summary>Says what the transparency of a run's pictures leads to: who does not know of it would wonder.</summary>
internal static class TransparencyDiagnosis
{
    /// <exception cref="StyleLabException">A content or style picture is transparent everywhere.</exception>
    public static void RequireSomethingSeen(Recipe recipe)
    {
        foreach (var (picture, role, _) in recipe.Objective.Pictures)
            if (role != PictureRole.Guide && !picture.IsSeen)
                throw new StyleLabException(
                    $"{picture.Called(role == PictureRole.Style ? "The style picture" : "The content picture")} is transparent everywhere, so there is nothing in it to look at; save it again with opaque parts, or give another one.");
    }

    /// <summary>The sentence about the picture that the run shows; null if that is opaque.</summary>
    public static string? OfShown(Recipe recipe) => recipe.Shown is { Alpha: not null } shown
        ? $"{shown.CalledByName("The picture")} is transparent in places, and the result is transparent there, too." : null;

    public static IEnumerable<string> Of(Recipe recipe)
    {
        if (OfShown(recipe) is { } sentence)
            yield return sentence;
        var styles = recipe.Objective.Pictures.Where(picture => picture is { Role: PictureRole.Style, Picture.Alpha: not null });
        foreach (var style in styles.Select(style => style.Picture.CalledByName("The style")).Distinct())
            yield return $"{style} is transparent in places, and only the rest of it is looked at.";
    }
}
