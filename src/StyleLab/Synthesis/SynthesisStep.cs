using StyleLab.Cards;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>One optimizer step of a synthesis.</summary>
[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html", "image/jpeg"])]
public sealed class SynthesisStep
{
    private readonly Func<SynthesisStep, Picture> _picture;

    internal SynthesisStep(Func<SynthesisStep, Picture> picture) => _picture = picture;

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
}
