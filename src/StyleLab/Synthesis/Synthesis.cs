using System.Diagnostics;
using System.Runtime.CompilerServices;
using StyleLab.Syntheses;
using StyleLab.Tensors.Engines;

namespace StyleLab;

/// <summary>
/// A run that turns an objective and a start into a picture. It does nothing until it is asked for: <c>await run</c> for
/// the result, or <c>await foreach (var step in run)</c> for every step. Displayed in a notebook, it shows its progress.
/// A synthesis runs once; asking for the result again gives the same one.
/// </summary>
public sealed partial class Synthesis : IAsyncEnumerable<SynthesisStep>
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Stopwatch _watch = new();
    private readonly List<LossValues> _history = [];
    private readonly List<string> _warnings = [];
    private readonly Lock _lock = new();
    private Task<SynthesisResult>? _result;
    private SynthesisStep? _current;
    private float[] _values = [];
    private PictureSize _size;
    private int _evaluations;
    private bool _interrupted;

    internal Synthesis(Recipe recipe, LossNetwork network, IEngine engine)
    {
        Recipe = recipe;
        Network = network;
        Engine = engine;
    }

    /// <summary>Every setting of the run.</summary>
    public Recipe Recipe { get; }

    /// <summary>The loss network.</summary>
    public LossNetwork Network { get; }

    /// <summary>Where it is computed.</summary>
    public IEngine Engine { get; }

    /// <summary>Steps over all sizes; a pass that converges early takes fewer.</summary>
    public int Steps => Recipe.Passes.Sum(p => p.Steps);

    /// <summary>Ends the run after the operation in progress; the result keeps the last picture.</summary>
    public void Cancel() => _cancelled.Cancel();

    /// <summary>Makes <c>await run</c> give the result.</summary>
    public TaskAwaiter<SynthesisResult> GetAwaiter() => RunAsync().GetAwaiter();

    /// <summary>Runs to the end in the background. Cancelling is no error: the result holds the last picture and says so. A
    /// notebook's cell that is interrupted meanwhile cancels, too.</summary>
    /// <exception cref="StyleLabException">A layer does not exist, a picture is too small, or the start cannot be evaluated.</exception>
    public Task<SynthesisResult> RunAsync(CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            _result ??= Task.Run(() =>
            {
                try
                {
                    foreach (var _ in Run(cancellation)) { }
                }
                catch (Exception error)
                {
                    PublishError(error);
                    throw;
                }
                return Finish();
            }, CancellationToken.None);
        }
        EndWithCell(_result);
        return _result;
    }

    /// <summary>Every step as it is taken; the run waits while a step is looked at. After the last, <c>await run</c> gives the result.</summary>
    /// <exception cref="InvalidOperationException">The run has already begun.</exception>
    public async IAsyncEnumerator<SynthesisStep> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var result = new TaskCompletionSource<SynthesisResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_result is not null)
                throw new InvalidOperationException("This run has already begun; make a new one with Synthesize to see its steps.");
            _result = result.Task;
        }
        EndWithCell(result.Task);
        using var steps = Run(cancellationToken).GetEnumerator();
        bool reachedEnd = false;
        try
        {
            while (await Task.Run(steps.MoveNext, CancellationToken.None))
                yield return steps.Current;
            reachedEnd = true;
        }
        finally
        {
            // Leaving the loop early interrupts the run: what there is becomes the result.
            _interrupted |= !reachedEnd;
            if (_current is null && !reachedEnd)
                result.TrySetException(new InvalidOperationException("The run ended before its first step."));
            else
                result.TrySetResult(Finish());
        }
    }

    // A notebook leaves the token of the running cell under this name; neither of us knows the other.
    private void EndWithCell(Task<SynthesisResult> result)
    {
        if (result.IsCompleted || AppContext.GetData("CellCancellation") is not Func<CancellationToken> cell)
            return;
        var registration = cell().UnsafeRegister(_ => Cancel(), null);
        result.ContinueWith(_ => registration.Unregister(), TaskScheduler.Default);
    }

    private IEnumerable<SynthesisStep> Run(CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _cancelled.Token);
        _watch.Start();
        Picture? picture = null;
        int index = 0;
        foreach (var pass in Recipe.Passes)
        {
            double scale = (double)pass.Size.LongSide / Recipe.Passes[^1].Size.LongSide;
            picture = picture?.Clamp().ResizeIfNeeded(pass.Size.Width, pass.Size.Height)
                ?? Recipe.Start.Make(Recipe.Objective, pass.Size.Width, pass.Size.Height, scale);
            _values = (float[])picture.WithMargin(Recipe.Margin).Values.Clone();
            _size = pass.Size;
            using var evaluation = new Evaluation(Network, Recipe.Objective, pass.Size, Recipe.Margin, scale, Engine);
            var optimizer = Recipe.Optimizer.Begin(_values.Length);
            var safeguard = new Safeguard();
            for (int step = 0; step < pass.Steps; step++)
            {
                if (Evaluate(evaluation, linked.Token) is not { } losses)
                    yield break;
                if (index == 0)
                    _warnings.AddRange(StartDiagnosis.Of(losses, evaluation.Gradients, Recipe.Start is not NoiseStart));
                bool moved = true;
                if (safeguard.Accepts(losses.Value, _values))
                    moved = optimizer.Step(_values, losses.Value, evaluation.Gradients);
                else
                {
                    safeguard.Restore(_values);
                    optimizer = Recipe.Optimizer.Begin(_values.Length);
                }
                _current = StepTaken(++index, losses);
                Publish(_current);
                yield return _current;
                if (!moved)
                    break;
            }
            safeguard.RestoreIfNotFinite(_values);
            picture = CurrentPicture();
        }
    }

    private LossValues? Evaluate(Evaluation evaluation, CancellationToken cancellation)
    {
        try
        {
            var losses = evaluation.At(_values, cancellation);
            _evaluations++;
            _history.Add(losses);
            return losses;
        }
        catch (OperationCanceledException)
        {
            _interrupted = true;
            return null;
        }
    }

    private SynthesisStep StepTaken(int index, LossValues losses) => new(step => step == _current
        ? CurrentPicture()
        : throw new InvalidOperationException($"The run has gone on since step {step.Index}; take a step's picture before asking for the next step."))
    {
        Index = index,
        Steps = Steps,
        Size = _size,
        Losses = losses,
        Evaluations = _evaluations,
        Elapsed = _watch.Elapsed,
    };

    private SynthesisResult Finish()
    {
        _watch.Stop();
        var picture = CurrentPicture();
        var content = Recipe.Objective.ContentPictures.FirstOrDefault();
        if (Recipe.KeepColors && content is not null)
            picture = picture.KeepColorsOf(content.ResizeIfNeeded(picture.Width, picture.Height));
        picture = picture.Clamp();
        if (!_interrupted)
            picture = picture.WithText(Recipe.TextKeyword, Recipe.ToJson());
        var result = new SynthesisResult(picture, Recipe, _history, _evaluations, _watch.Elapsed, _interrupted, _warnings);
        PublishResult(result);
        return result;
    }

    private Picture CurrentPicture() =>
        new Picture(_size.Width + 2 * Recipe.Margin, _size.Height + 2 * Recipe.Margin, (float[])_values.Clone()).WithoutMargin(Recipe.Margin);
}
