using StyleLab.Losses;

namespace StyleLab.Runs;

/// <summary>Finds pictures that a run squeezes because they have another shape than what they are laid over.</summary>
internal static class ShapeDiagnosis
{
    // Sides are whole numbers, and each may have been rounded on its way.
    private const double Rounding = 1;

    public static IEnumerable<string> Of(Recipe recipe)
    {
        var result = recipe.Passes[^1].Size;
        var laid = recipe.Objective.Pictures.Where(picture => picture.Role != PictureRole.Style)
            .Select(picture => (picture.Picture, Role: picture.Role == PictureRole.Guide ? "guide" : "content", picture.Over));
        if (recipe.Start is PictureStart start)
            laid = laid.Append((start.Picture, "start", null));
        foreach (var (picture, role, over) in laid)
        {
            var shape = over is null ? result : new PictureSize(over.Width, over.Height);
            if (!IsOfShape(picture, shape))
                yield return $"{picture.CalledByName($"The {role}")} of {picture.Width}×{picture.Height} is squeezed to the shape of "
                    + $"{over?.CalledByName("its picture") ?? "the result"}, {shape}; to keep its own shape, crop it to {shape.Width}:{shape.Height} first.";
        }
    }

    private static bool IsOfShape(Picture picture, PictureSize size)
    {
        return Aspect(picture.Width, picture.Height, -Rounding) <= Aspect(size.Width, size.Height, Rounding)
            && Aspect(size.Width, size.Height, -Rounding) <= Aspect(picture.Width, picture.Height, Rounding);

        static double Aspect(int width, int height, double rounding) => (width + rounding) / Math.Max(height - rounding, 0);
    }
}
