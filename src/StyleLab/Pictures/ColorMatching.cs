namespace StyleLab;

/// <summary>How the colours of a picture are changed into those of another, see <see cref="Picture.MatchColors"/>.</summary>
public enum ColorMatching
{
    /// <summary>
    /// Mean and covariance, with the symmetric square root of the covariance: of all ways to match these, one that hardly turns colours.
    /// </summary>
    SymmetricRoot,

    /// <summary>Mean and covariance, with the Cholesky factor of the covariance: depends on the order red, green, blue.</summary>
    Cholesky,

    /// <summary>The whole distribution of red, of green and of blue, each for itself; how they go together is not matched.</summary>
    Histogram,
}
