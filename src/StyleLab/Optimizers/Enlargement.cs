namespace StyleLab.Optimizers;

/// <summary>
/// From one size of a run to the next: what an optimizer remembers of each value becomes what it would remember of the values of the
/// larger picture. The objective is a mean over positions, so that a value among more values has a smaller part in its gradient.
/// </summary>
/// <param name="From">Size of the picture before.</param>
/// <param name="To">Size of the picture from now on.</param>
/// <param name="Border">Positions around both of them that are changed as well.</param>
internal sealed record Enlargement(PictureSize From, PictureSize To, int Border)
{
    /// <summary>Values of the larger picture with its border.</summary>
    public int Length => 3 * (To.Width + 2 * Border) * (To.Height + 2 * Border);

    private float GradientShare => (float)((double)From.Width * From.Height / ((double)To.Width * To.Height));

    /// <summary>A vector of the kind of pictures and their changes.</summary>
    public float[] OfValues(float[] vector) => Picture.OfPlanes(vector, From, Border).ResizeIfNeeded(To.Width, To.Height).WithMargin(Border).Values;

    /// <summary>A vector of the kind of gradients and their changes.</summary>
    public float[] OfGradients(float[] vector) => [.. OfValues(vector).Select(value => value * GradientShare)];

    /// <summary>A vector of squares of gradients; enlarging may overshoot, and a square is not negative.</summary>
    public float[] OfSquares(float[] vector) => [.. OfValues(vector).Select(value => Math.Max(0, value * GradientShare * GradientShare))];
}
