using StyleLab.Figures;
using StyleLab.Runs;

namespace StyleLab;

/// <summary>One optimizer step of a synthesis.</summary>
public sealed partial class SynthesisStep
{
    private readonly Func<SynthesisStep, Picture> _picture;
    private readonly Func<SynthesisStep, Checkpoint> _standing;

    internal SynthesisStep(Func<SynthesisStep, Picture> picture, Func<SynthesisStep, Checkpoint> standing) =>
        (_picture, _standing) = (picture, standing);

    /// <summary>Number of the step over all sizes, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required int Steps { get; init; }

    /// <summary>Size of the picture at this step.</summary>
    public required PictureSize Size { get; init; }

    /// <summary>The objective and its parts before the step was taken.</summary>
    public required LossValues Losses { get; init; }

    /// <summary>The objective before the step was taken.</summary>
    public double Loss => Losses.Value;

    /// <summary>Evaluations of the objective and its gradient so far.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Time since the run began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The picture after the step. Take it before the next step is asked for: the run goes on in the same memory.</summary>
    /// <exception cref="InvalidOperationException">The run has gone on.</exception>
    public Picture Picture => _picture(this);

    /// <summary>
    /// Keeps the run as it stands after the step in a file, for a run that may be ended from outside before its own end:
    /// <see cref="SynthesisResult.Load"/> reads it, and its <see cref="SynthesisResult.Continue"/> takes the steps that are left, bit for
    /// bit as the run would have. The file appears complete or not at all. Save before the next step is asked for.
    /// </summary>
    /// <param name="path">A file name; .safetensors says what it is.</param>
    /// <exception cref="StyleLabException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The run has gone on.</exception>
    public void Save(string path)
    {
        var standing = _standing(this);
        // Of a pass that ends early no steps are left, whatever its recipe says.
        CheckpointFile.Write(path, EndsPass ? standing with { StepsOfPass = standing.Recipe.Passes[standing.Pass].Steps } : standing);
    }

    /// <summary>True if the pass ends with this step although its recipe has more.</summary>
    internal bool EndsPass { get; init; }

    /// <summary>The picture that the run would leave if it ended here: values 0..1, colours kept or taken as its recipe says.</summary>
    internal Picture FinishedPicture => _standing(this).ToResult(continuable: false).Picture;
}
