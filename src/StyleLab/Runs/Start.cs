using System.Text.Json.Serialization;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>The picture a synthesis begins with. Immutable; part of a recipe.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoiseStart), "noise")]
[JsonDerivedType(typeof(ContentStart), "content")]
[JsonDerivedType(typeof(BlurredStart), "blurred")]
[JsonDerivedType(typeof(PictureStart), "picture")]
public abstract partial record Start
{
    /// <summary>Gaussian noise around a mean colour: the result depends on the seed, and nothing of the content is given away.</summary>
    /// <param name="seed">The same seed gives the same noise.</param>
    /// <param name="sigma">Standard deviation of each value on the scale 0..1.</param>
    public static Start Noise(long seed = 1, double sigma = 0.15) => new NoiseStart(seed, sigma);

    /// <summary>The content picture itself: structure is kept best.</summary>
    public static Start Content() => new ContentStart();

    /// <summary>The content picture after a Gaussian blur: its composition without its details.</summary>
    /// <param name="sigma">Standard deviation of the blur in pixels of the final size.</param>
    public static Start Blurred(double sigma = 8) => new BlurredStart(sigma);

    /// <summary>Any picture; it is resized if needed.</summary>
    public static Start From(Picture picture) => new PictureStart(picture);

    /// <summary>The first picture of a run.</summary>
    /// <param name="objective">Gives the content picture and the mean colour.</param>
    /// <param name="width">Width at the first size of the run.</param>
    /// <param name="height">Height at the first size of the run.</param>
    /// <param name="scale">First size as a fraction of the final size.</param>
    internal abstract Picture Make(Loss objective, int width, int height, double scale);

    private protected static Picture ContentOf(Loss objective) => objective.ContentPictures.FirstOrDefault()
        ?? throw new StyleLabException(
            "The start is the content picture, but the objective has no content term; add Loss.Content(picture) or start from noise.");
}

/// <summary>See <see cref="Start.Noise"/>.</summary>
public sealed record NoiseStart(long Seed, double Sigma) : Start
{
    /// <summary>Standard deviation of each value, at least 0.</summary>
    public double Sigma { get; init; } = Sigma >= 0
        ? Sigma
        : throw new ArgumentException($"The noise needs a standard deviation of at least 0, got {Sigma}.");

    internal override Picture Make(Loss objective, int width, int height, double scale)
    {
        // Around the style's mean colour the optimizer need not first shift the whole picture.
        var guide = objective.StylePictures.Concat(objective.ContentPictures).FirstOrDefault();
        return Picture.Noise(width, height, Seed, guide?.MeanColor() ?? (0.5f, 0.5f, 0.5f), Sigma);
    }
}

/// <summary>See <see cref="Start.Content"/>.</summary>
public sealed record ContentStart : Start
{
    internal override Picture Make(Loss objective, int width, int height, double scale) =>
        ContentOf(objective).ResizeIfNeeded(width, height).Solid();
}

/// <summary>See <see cref="Start.Blurred"/>.</summary>
public sealed record BlurredStart(double Sigma) : Start
{
    /// <summary>Standard deviation of the blur in pixels of the final size, at least 0.</summary>
    public double Sigma { get; init; } = Sigma >= 0
        ? Sigma
        : throw new ArgumentException($"The blur needs a standard deviation of at least 0 pixels, got {Sigma}.");

    internal override Picture Make(Loss objective, int width, int height, double scale) =>
        ContentOf(objective).ResizeIfNeeded(width, height).Solid().Blur(Sigma * scale);
}

/// <summary>See <see cref="Start.From"/>.</summary>
public sealed record PictureStart(Picture Picture) : Start
{
    internal override Picture Make(Loss objective, int width, int height, double scale) => Picture.ResizeIfNeeded(width, height).Solid();
}
