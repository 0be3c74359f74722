using StyleLab.Figures;
using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab;

/// <summary>What a synthesis leaves: the picture, and how it came about.</summary>
/// <param name="Picture">
/// The picture, values 0..1, with its recipe in the text <see cref="Recipe.TextKeyword"/>; that of an interrupted run makes it as it was
/// then (<see cref="Recipe.StoppedAt"/>). Where the last steps led away, it is the best picture seen.
/// </param>
/// <param name="Recipe">Every setting of the run.</param>
/// <param name="History">The objective and its parts before each step, in order.</param>
/// <param name="Evaluations">Evaluations of the objective and its gradient.</param>
/// <param name="Elapsed">Time from the first to the last step.</param>
/// <param name="Interrupted">True if the run was cancelled; the picture is that of the last finished step, in the size it had reached.</param>
/// <param name="Warnings">
/// Sentences about what may not be as it was meant: terms that cannot do their work, squeezed guides, transparency, and a run that did
/// not come down or ended early.
/// </param>
public sealed partial record SynthesisResult(
    Picture Picture, Recipe Recipe, IReadOnlyList<LossValues> History, int Evaluations, TimeSpan Elapsed,
    bool Interrupted, IReadOnlyList<string> Warnings)
{
    /// <summary>The curves of the objective and its terms over the steps; it jumps where a larger size begins, which is marked.</summary>
    public LossPlot LossPlot() => new(LossSeries.Of(History)) { Marks = LossSeries.Marks(History) };

    /// <summary>The objective and its parts at the start.</summary>
    public LossValues? LossesAtStart => History.FirstOrDefault();

    /// <summary>The objective and its parts at the picture where it is the best that was seen, else before the last step.</summary>
    public LossValues? LossesAtEnd { get; init; } = History.LastOrDefault(losses => double.IsFinite(losses.Value));

    /// <summary>True if the objective or its gradient ended as NaN or infinity; the picture is the best before.</summary>
    public bool Diverged { get; init; }

    /// <summary>What the run knew at its end; null where it was let go to save memory.</summary>
    internal RunMemory? Memory { get; init; }

    /// <summary>The network and engine of the run, for going on without loading them again.</summary>
    internal (LossNetwork Network, IEngine Engine)? RanOn { get; init; }

    /// <summary>
    /// A run that goes on where this one ended, the optimizer's memory included: bit for bit what it had been without the end.
    /// An interrupted run takes the steps it has left, and <paramref name="steps"/> more.
    /// </summary>
    /// <param name="steps">Steps to add at the final size.</param>
    /// <exception cref="StyleLabException">No steps are left and none are added, or the result has no memory of its run.</exception>
    public Synthesis Continue(int steps = 0)
    {
        if (steps < 0)
            throw new ArgumentException($"A run can go on for 0 or more additional steps, got {steps}.");
        if (!Interrupted && Recipe.StoppedAt is null && steps == 0)
            throw new StyleLabException("The run took all its steps; say how many more it is to take, such as result.Continue(100).");
        var checkpoint = (Memory?.Checkpoint ?? throw WithoutMemory()).Extended(steps);
        return RanOn is { } own
            ? new Synthesis(checkpoint.Recipe, own.Network, own.Engine, checkpoint)
            : checkpoint.Recipe.Synthesize(from: checkpoint);
    }

    /// <summary>
    /// Keeps the result in a file with everything needed to go on: <see cref="Load"/> reads it, in another process too.
    /// The file appears complete or not at all. Pictures that were loaded from files are named, others are kept inside.
    /// </summary>
    /// <param name="path">A file name; .safetensors says what it is.</param>
    /// <exception cref="StyleLabException">The file cannot be written, or the result has no memory of its run.</exception>
    public void Save(string path) => CheckpointFile.Write(path, Memory?.Checkpoint ?? throw WithoutMemory());

    /// <summary>Reads a result that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">Where pictures it names are looked for, by name and then by hash, if they are not found from the current folder.</param>
    /// <param name="objective">The objective, needed where part of it is code, with the settings it had; see <see cref="Recipe.FromJson"/>.</param>
    /// <param name="optimizer">The optimizer, needed where it is code.</param>
    /// <exception cref="StyleLabException">The file is missing or damaged, a picture it names is, or code must be given again.</exception>
    public static SynthesisResult Load(string path, string? folder = null, Loss? objective = null, Optimizer? optimizer = null) =>
        CheckpointFile.Read(path, folder, objective, optimizer).ToResult();

    private static StyleLabException WithoutMemory() =>
        new("This result is without the memory of its run, as those of sweeps and the oldest of many are; run its recipe again: await result.Recipe.Synthesize().");
}
