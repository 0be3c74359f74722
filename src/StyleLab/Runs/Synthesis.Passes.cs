using StyleLab.Runs;
using StyleLab.Tensors.Vectors;

namespace StyleLab;

// What happens at one size of a run: its beginning, its steps, and what it leaves.
public sealed partial class Synthesis
{
    private readonly List<PictureSize> _still = [];
    private Safeguard _safeguard = new();
    private Course _course;

    /// <summary>Begins the present pass: from the checkpoint, from the enlarged picture of the pass before, or from the start.</summary>
    private void BeginPass()
    {
        if (_from is not null && _optimizer is null)
        {
            _values = (float[])_from.Values.Clone();
            _optimizer = Recipe.Optimizer.Begin(_values.Length, _from.Optimizer);
            _safeguard = Safeguard.From(_from.Best, _course.Best, _course.HasClimbed, _course.ReturnsInARow);
            _stepsOfPass = _from.StepsOfPass;
            _course = _course with { LeavesBest = false, IsNotFinite = false, AtEnd = null };
            return;
        }
        // Enlarging what no step has changed would only make the start worse.
        var values = _course.HasMoved
            ? WithBorder(Picture.OfPlanes(Left, Recipe.Passes[_pass - 1].Size, Recipe.Border).Clamp().ResizeIfNeeded(Size.Width, Size.Height))
            : StartAt(Size);
        var memory = _pass > 0 && Recipe.Optimizer.AcrossSizes
            ? Recipe.Optimizer.Enlarge(_optimizer!.Remember(), new(Recipe.Passes[_pass - 1].Size, Size, Recipe.Border))
            : null;
        _values = (float[])values.Clone();
        _optimizer = Recipe.Optimizer.Begin(_values.Length, memory);
        _safeguard = new();
        _stepsOfPass = 0;
        _course = _course with { LeavesBest = false, IsNotFinite = false, AtEnd = null };
    }

    private float[] StartAt(PictureSize size) => WithBorder(
        Recipe.Start.Make(Recipe.Objective, size.Width, size.Height, (double)size.LongSide / Recipe.Passes[^1].Size.LongSide));

    private float[] WithBorder(Picture picture) => (_grey ? picture.GreyOfRed() : picture).WithMargin(Recipe.Border).Values;

    /// <summary>What the present pass leaves: its last picture, or its best.</summary>
    private float[] Left => _course.LeavesBest ? _safeguard.Best : _optimizer!.Average ?? _values;

    private bool IsStopped => Recipe.StoppedAt is { } at && at.Size == Size && at.Steps == _stepsOfPass;

    private Course CourseSoFar => _course with
    {
        Best = _safeguard.BestLosses, HasClimbed = _safeguard.HasClimbed, ReturnsInARow = _safeguard.ReturnsInARow,
    };

    private Evaluation? Prepare(double scale, CancellationToken cancellation)
    {
        try
        {
            return new Evaluation(Network, Recipe.Objective, Size, Recipe.Margin, scale, Engine, Recipe.Tileable, _grey, cancellation);
        }
        catch (OperationCanceledException)
        {
            _interrupted = true;
            return null;
        }
    }

    private LossValues? Evaluate(Evaluation evaluation, CancellationToken cancellation, bool isStep = true)
    {
        try
        {
            evaluation.At(isStep ? _values : Left, cancellation, Progress);
        }
        catch (OperationCanceledException)
        {
            _interrupted = true;
            return null;
        }
        _evaluations++;
        var losses = evaluation.Losses with { Size = Size };
        if (isStep)
            _history.Add(losses);
        return losses;
    }

    /// <summary>Takes one optimizer step; false when the pass ends with it.</summary>
    private bool TakeStep(Evaluation evaluation, LossValues losses)
    {
        double gradientSum = VectorMath.AbsoluteSum(evaluation.Gradients);
        bool isFinite = double.IsFinite(losses.Value) && double.IsFinite(gradientSum);
        _course = _course with { IsNotFinite = !isFinite };
        if (_history.Count == 1 && isFinite)
            DiagnoseStart(losses);
        double progress = Progress;
        _stepsOfPass++;
        if (evaluation.IsChanging)
            _safeguard.ForgetLoss();
        if (!isFinite && _safeguard.Best.Length == 0)
            return CannotBegin(losses);
        double unit = _course.Unit ?? ObjectiveUnit.Of(evaluation.Unit, losses.Value);
        _course = _course with { Unit = unit };
        if (!isFinite || !_safeguard.Accepts(losses, _values, unit))
            return TakeBack();

        float factor = (float)(evaluation.Unit / unit);
        if (factor != 1)
            VectorMath.Scale(evaluation.Gradients, factor);
        // Adam takes a step of nothing where L-BFGS says that there is none.
        float[]? before = gradientSum == 0 ? (float[])_values.Clone() : null;
        bool moved = _optimizer!.Step(_values, losses.Value / unit, evaluation.Gradients, progress) && !_values.AsSpan().SequenceEqual(before);
        if (!moved && gradientSum == 0 && _stepsOfPass == 1)
            _still.Add(Size);
        else if (!moved)
            EndsEarly("the optimizer finds no step that makes the loss smaller");
        return moved;
    }

    private void DiagnoseStart(LossValues losses)
    {
        string? balance = WeightBalance.Warning(Network, Recipe, Engine);
        _warnings.AddRange(StartDiagnosis.Of(losses, Size, Recipe.Start is not NoiseStart, balance is not null));
        if (balance is not null)
            _warnings.Add(balance);
    }

    private static bool IsFinite(float[] values) => double.IsFinite(VectorMath.AbsoluteSum(values));

    /// <summary>The first picture of a pass cannot be used: there is no run, or it keeps what it had at the size before.</summary>
    private bool CannotBegin(LossValues losses)
    {
        if (_history.Count == 1)
            throw new StyleLabException(StartDiagnosis.NotFinite(losses));
        EndsEarly("the objective or its gradient is not a finite number");
        return false;
    }

    private bool TakeBack()
    {
        _safeguard.Return(_values);
        _optimizer = Recipe.Optimizer.Begin(_values.Length);
        _course = _course with { Returns = _course.Returns + 1 };
        if (_safeguard.GivesUp)
            EndsEarly("every step from the best picture led far away from it");
        return !_safeguard.GivesUp;
    }

    private void EndsEarly(string reason)
    {
        int steps = Recipe.Passes[_pass].Steps;
        if (_stepsOfPass < steps)
            _warnings.Add($"At {Size} the run ended after {_stepsOfPass} of {steps} steps: {reason}.");
    }

    /// <summary>
    /// Ends a pass. While the loss has only fallen its last picture is taken on trust; else it is evaluated, and the best picture is what
    /// is left. False when the run ends with it.
    /// </summary>
    private bool Leave(Evaluation evaluation, CancellationToken cancellation)
    {
        // A pass that gave up stands at its best picture.
        bool isFinite = IsFinite(Left);
        if (_safeguard.Best.Length > 0 && (_safeguard.HasClimbed || !isFinite))
        {
            LossValues? last = null;
            if (isFinite && (last = Evaluate(evaluation, cancellation, isStep: false)) is null)
                return false;
            bool isBest = last is not null && last.Value < _safeguard.BestLoss;
            _course = _course with { LeavesBest = !isBest, AtEnd = isBest ? last : _safeguard.BestLosses, IsNotFinite = _course.IsNotFinite || !isFinite };
        }
        if (!_course.HasMoved && _pass < Recipe.Passes.Count - 1)
            _course = _course with { HasMoved = !Left.AsSpan().SequenceEqual(StartAt(Size)) };
        if (!IsFinite(_values) && _safeguard.Best.Length > 0)
        {
            _safeguard.Return(_values);
            _optimizer = Recipe.Optimizer.Begin(_values.Length);
        }
        return _pass < Recipe.Passes.Count - 1;
    }

    /// <summary>An interrupted run has no time to look at its last picture again.</summary>
    private void LookBack()
    {
        if (_stepsOfPass > 0 && _history.Count > 0 && _safeguard.Best.Length > 0 && Safeguard.IsAstray(_history[^1].Value, _safeguard.BestLoss))
            _course = _course with { LeavesBest = true, AtEnd = _safeguard.BestLosses };
    }

    private void TellWhereNothingMoved()
    {
        if (_still.Count > 0)
            _warnings.Add(StartDiagnosis.NothingMoves(_still));
        _still.Clear();
    }
}
