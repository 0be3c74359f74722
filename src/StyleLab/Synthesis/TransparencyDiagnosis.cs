using StyleLab.Losses;

namespace StyleLab.Syntheses;

/// <summary>Says what the transparency of a run's pictures leads to: who does not know of it would wonder.</summary>
internal static class TransparencyDiagnosis
{
    public static IEnumerable<string> Of(Recipe recipe)
    {
        if (recipe.Shown is { Alpha: not null } shown)
            yield return $"{shown.Called("The picture")} is transparent in places, and the result is transparent there, too.";
        var styles = recipe.Objective.Pictures.Where(picture => picture is { Role: PictureRole.Style, Picture.Alpha: not null });
        foreach (var style in styles.Select(style => style.Picture.Called("The style")).Distinct())
            yield return $"{style} is transparent in places, and only the rest of it is looked at.";
    }
}
