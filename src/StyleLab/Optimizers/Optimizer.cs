using System.Text.Json.Serialization;
using StyleLab.Figures;
using StyleLab.Optimizers;

namespace StyleLab;

/// <summary>Which optimizer changes the picture, with all its settings. Immutable; part of a recipe.</summary>
/// <remarks>
/// An optimizer of your own is a record that derives from this one and overrides <see cref="Step"/>. The record is its settings; what it
/// remembers from step to step it keeps in <see cref="OptimizerStep.State"/>. <see cref="Tensors.Vectors.VectorMath"/> has the arithmetic.
/// </remarks>
/// <example><code>
/// public record Momentum(int Steps, double LearningRate = 0.5) : Optimizer(Steps)
/// {
///     public override bool Step(OptimizerStep step)
///     {
///         var velocity = step.State.Vector("velocity", VectorKind.Gradients);
///         VectorMath.Scale(velocity, 0.9f);
///         VectorMath.AddScaled(velocity, 1, step.Gradient);
///         VectorMath.AddScaled(step.Values, (float)-Annealed(LearningRate, step), velocity);
///         return true;
///     }
/// }
/// </code></example>
/// <param name="Steps">Steps over all sizes of a run; each takes exactly one evaluation of the objective and its gradient.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LbfgsOptimizer), "lbfgs")]
[JsonDerivedType(typeof(AdamOptimizer), "adam")]
[JsonDerivedType(typeof(CodeOptimizer), "custom")]
public abstract partial record Optimizer(int Steps)
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

    /// <summary>
    /// How the learning rate changes in the course of the run, such as <c>Annealing.Cosine()</c>; it stays as it is if not given.
    /// </summary>
    public Annealing? Annealing { get; init; }

    /// <summary>L-BFGS without line search, the usual choice for style transfer (Gatys et al. 2016).</summary>
    /// <param name="steps">Steps over all sizes.</param>
    /// <param name="history">Pairs of differences kept, usually 10 to 20; each costs two pictures of memory, so that fewer are kept above three megapixels.</param>
    /// <param name="learningRate">Length of a step as a fraction of the quasi-Newton step.</param>
    /// <param name="annealing">How the learning rate changes in the course of the run; not at all if not given.</param>
    public static Optimizer Lbfgs(int steps = 300, int history = 20, double learningRate = 1, Annealing? annealing = null) =>
        new LbfgsOptimizer(steps, history, learningRate) { Annealing = annealing };

    /// <summary>Adam (Kingma and Ba 2014): slower to converge, but bears rough objectives.</summary>
    /// <param name="steps">Steps over all sizes.</param>
    /// <param name="learningRate">Largest change of a pixel in one step, on the scale 0..1.</param>
    /// <param name="averaging">
    /// The result is a mean over the steps in which each counts this part of the next, such as 0.95; 0 takes the last step alone.
    /// </param>
    /// <param name="annealing">How the learning rate changes in the course of the run; not at all if not given.</param>
    public static Optimizer Adam(int steps = 500, double learningRate = 0.02, double averaging = 0, Annealing? annealing = null) =>
        new AdamOptimizer(steps, learningRate, Averaging: averaging) { Annealing = annealing };

    /// <summary>Moves the picture once, given the objective and its gradient at it.</summary>
    /// <param name="step">The picture, the gradient, and what was remembered.</param>
    /// <returns>False when it has converged and did not move: the run goes on to its next size.</returns>
    public abstract bool Step(OptimizerStep step);

    /// <summary>A learning rate at a step, as <see cref="Annealing"/> has it.</summary>
    protected double Annealed(double learningRate, OptimizerStep step) => AnnealedAt(learningRate, step.Progress);

    /// <summary>A learning rate at a progress of 0 to 1.</summary>
    internal double AnnealedAt(double learningRate, double progress) => learningRate * (Annealing?.At(progress) ?? 1);

    /// <summary>True for code, which a recipe cannot name.</summary>
    internal virtual bool IsCode => GetType().Assembly != typeof(Optimizer).Assembly;

    /// <summary>True if its steps depend on the progress of the run.</summary>
    internal bool MayChange => IsCode || Annealing is not null;

    /// <summary>The optimizer as a recipe writes it: code is only named.</summary>
    internal Optimizer Written => IsCode && this is not CodeOptimizer
        ? new CodeOptimizer(Steps, GetType().Name, ToString()) { AcrossSizes = AcrossSizes, Annealing = Annealing }
        : this;

    /// <summary>A state for a picture of the given number of values: fresh, or the one that is remembered.</summary>
    /// <exception cref="StyleLabException">The memory is that of another optimizer or picture.</exception>
    internal virtual IOptimizerState Begin(int values, OptimizerMemory? memory = null) => new OptimizerState(this, values, memory);

    /// <summary>What is remembered of a picture, for the same picture enlarged.</summary>
    internal virtual OptimizerMemory Enlarge(OptimizerMemory memory, Enlargement enlargement) => OptimizerState.Enlarged(memory, enlargement);

    /// <summary>Vectors of so many values that a state fills in so many steps.</summary>
    internal virtual int VectorsFor(long values, int steps) => 2;
}

/// <summary>What an optimizer remembers between steps.</summary>
internal interface IOptimizerState
{
    /// <summary>
    /// Moves <paramref name="x"/> once, given the loss and gradient at it and the progress of the run. False when it has converged and
    /// did not move.
    /// </summary>
    bool Step(Span<float> x, double loss, ReadOnlySpan<float> gradient, double progress = 0);

    /// <summary>The mean of the steps so far, if that and not the last step is the result; changes with another step.</summary>
    float[]? Average => null;

    /// <summary>All that is needed to go on from here; its vectors change when the state takes another step.</summary>
    OptimizerMemory Remember();
}
