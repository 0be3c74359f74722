using System.Text.Json.Serialization;
using StyleLab.Optimizers;

namespace StyleLab;

/// <summary>Which optimizer changes the picture, with all its settings. Immutable; part of a recipe.</summary>
/// <param name="Steps">Steps over all sizes of a run; each takes exactly one evaluation of the objective and its gradient.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LbfgsOptimizer), "lbfgs")]
[JsonDerivedType(typeof(AdamOptimizer), "adam")]
public abstract record Optimizer(int Steps)
{
    /// <summary>Steps over all sizes of a run, at least 0.</summary>
    public int Steps { get; init; } = Steps >= 0
        ? Steps
        : throw new ArgumentException($"The number of steps must not be negative, got {Steps}.");

    /// <summary>
    /// True to enlarge the optimizer's memory along with the picture when a run goes on to its next size; false, the default, to begin
    /// afresh there, which ends lower more often (see <see cref="Schedule"/>).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AcrossSizes { get; init; }

    /// <summary>L-BFGS without line search, the usual choice for style transfer (Gatys et al. 2016).</summary>
    /// <param name="steps">Steps over all sizes.</param>
    /// <param name="history">Pairs of differences kept, usually 10 to 20; each costs two pictures of memory, so that fewer are kept above three megapixels.</param>
    /// <param name="learningRate">Length of a step as a fraction of the quasi-Newton step.</param>
    public static Optimizer Lbfgs(int steps = 300, int history = 20, double learningRate = 1) =>
        new LbfgsOptimizer(steps, history, learningRate);

    /// <summary>Adam (Kingma and Ba 2014): slower to converge, but bears rough objectives.</summary>
    /// <param name="steps">Steps over all sizes.</param>
    /// <param name="learningRate">Largest change of a pixel in one step, on the scale 0..1.</param>
    /// <param name="averaging">
    /// The result is a mean over the steps in which each counts this part of the next, such as 0.95; 0 takes the last step alone.
    /// </param>
    public static Optimizer Adam(int steps = 500, double learningRate = 0.02, double averaging = 0) =>
        new AdamOptimizer(steps, learningRate, Averaging: averaging);

    /// <summary>A state for a picture of the given number of values: fresh, or the one that is remembered.</summary>
    /// <exception cref="StyleLabException">The memory is that of another optimizer or picture.</exception>
    internal abstract IOptimizerState Begin(int values, OptimizerMemory? memory = null);

    /// <summary>What is remembered of a picture, for the same picture enlarged.</summary>
    internal abstract OptimizerMemory Enlarge(OptimizerMemory memory, Enlargement enlargement);

    /// <summary>Vectors of so many values that a state fills in so many steps.</summary>
    internal abstract int VectorsFor(long values, int steps);
}

/// <summary>What an optimizer remembers between steps.</summary>
internal interface IOptimizerState
{
    /// <summary>Moves <paramref name="x"/> once, given the loss and gradient at it. False when it has converged and did not move.</summary>
    bool Step(Span<float> x, double loss, ReadOnlySpan<float> gradient);

    /// <summary>The mean of the steps so far, if that and not the last step is the result; changes with another step.</summary>
    float[]? Average => null;

    /// <summary>All that is needed to go on from here; its vectors change when the state takes another step.</summary>
    OptimizerMemory Remember();
}
