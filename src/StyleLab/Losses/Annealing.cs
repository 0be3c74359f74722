using System.Text.Json.Serialization;

namespace StyleLab;

/// <summary>
/// A factor that changes with the progress of a run over all its sizes: of a learning rate (<see cref="Optimizer.Annealing"/>) or of a
/// weight (<c>Annealing.Linear(1, 0) * Loss.Content(photo)</c>). Immutable; part of a recipe. L-BFGS concludes from past gradients, so
/// weights that change suit Adam better.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LinearAnnealing), "linear")]
[JsonDerivedType(typeof(CosineAnnealing), "cosine")]
[JsonDerivedType(typeof(ExponentialAnnealing), "exponential")]
[JsonDerivedType(typeof(StepAnnealing), "steps")]
public abstract record Annealing
{
    private protected Annealing()
    {
    }

    /// <summary>A straight line.</summary>
    /// <param name="from">The factor at the start of the run, at least 0.</param>
    /// <param name="to">The factor at its end, at least 0.</param>
    public static Annealing Linear(double from = 1, double to = 0) => new LinearAnnealing(from, to);

    /// <summary>Half a period of a cosine: slow, fast, slow (Loshchilov and Hutter 2016, arXiv:1608.03983, equation 5).</summary>
    /// <param name="from">The factor at the start of the run, at least 0.</param>
    /// <param name="to">The factor at its end, at least 0.</param>
    public static Annealing Cosine(double from = 1, double to = 0) => new CosineAnnealing(from, to);

    /// <summary>The same ratio from step to step.</summary>
    /// <param name="from">The factor at the start of the run, above 0.</param>
    /// <param name="to">The factor at its end, above 0.</param>
    public static Annealing Exponential(double from = 1, double to = 0.01) => new ExponentialAnnealing(from, to);

    /// <summary>Step decay: 1, then times <paramref name="factor"/> at each of the given places.</summary>
    /// <param name="factor">Above 0.</param>
    /// <param name="at">Progress at which it falls, growing, such as 0.5, 0.75.</param>
    public static Annealing Steps(double factor, params double[] at) => new StepAnnealing(factor, at);

    public static Loss operator *(Annealing annealing, Loss loss) => new AnnealedLoss(annealing, loss);

    public static Loss operator *(Loss loss, Annealing annealing) => annealing * loss;

    /// <summary>The factor at a progress of 0 to 1.</summary>
    public abstract double At(double progress);

    private protected static double Checked(double factor, bool aboveZero = false) => double.IsFinite(factor) && (factor > 0 || factor == 0 && !aboveZero)
        ? factor
        : throw new ArgumentException($"The factors of an annealing are {(aboveZero ? "above 0" : "0 or more")}, got {factor}.");
}

/// <summary>See <see cref="Annealing.Linear"/>.</summary>
public sealed record LinearAnnealing(double From, double To) : Annealing
{
    /// <summary>The factor at the start of the run.</summary>
    public double From { get; init; } = Checked(From);

    /// <summary>The factor at its end.</summary>
    public double To { get; init; } = Checked(To);

    public override double At(double progress) => From + (To - From) * progress;
}

/// <summary>See <see cref="Annealing.Cosine"/>.</summary>
public sealed record CosineAnnealing(double From, double To) : Annealing
{
    /// <summary>The factor at the start of the run.</summary>
    public double From { get; init; } = Checked(From);

    /// <summary>The factor at its end.</summary>
    public double To { get; init; } = Checked(To);

    public override double At(double progress) => To + (From - To) * (1 + Math.Cos(Math.PI * progress)) / 2;
}

/// <summary>See <see cref="Annealing.Exponential"/>.</summary>
public sealed record ExponentialAnnealing(double From, double To) : Annealing
{
    /// <summary>The factor at the start of the run.</summary>
    public double From { get; init; } = Checked(From, aboveZero: true);

    /// <summary>The factor at its end.</summary>
    public double To { get; init; } = Checked(To, aboveZero: true);

    public override double At(double progress) => From * Math.Pow(To / From, progress);
}

/// <summary>See <see cref="Annealing.Steps"/>.</summary>
public sealed record StepAnnealing(double Factor, IReadOnlyList<double> Places) : Annealing
{
    /// <summary>What it is multiplied by at each place.</summary>
    public double Factor { get; init; } = Checked(Factor, aboveZero: true);

    /// <summary>Progress at which it falls, growing, each between 0 and 1.</summary>
    public IReadOnlyList<double> Places { get; init; } =
        Places.All(p => p is > 0 and < 1) && Places.Zip(Places.Skip(1)).All(pair => pair.First < pair.Second)
            ? Places
            : throw new ArgumentException($"The places of step decay grow and lie between 0 and 1, got [{string.Join(", ", Places)}].");

    public override double At(double progress) => Math.Pow(Factor, Places.Count(place => progress >= place));
}
