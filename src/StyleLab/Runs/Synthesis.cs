using System.Diagnostics;
using System.Runtime.CompilerServices;
using StyleLab.Runs;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Threads;

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
    private readonly List<LossValues> _history;
    private readonly List<string> _warnings;
    private readonly Lock _lock = new();
    private readonly Checkpoint? _from;
    // Held, so that they are loaded once for all sizes.
    private readonly IReadOnlyList<LossNetwork> _networks;
    private Task<SynthesisResult>? _result;
    private SynthesisStep? _current;
    private float[] _values = [];
    private IOptimizerState? _optimizer;
    private int _pass, _stepsOfPass, _evaluations;
    private bool _interrupted;
    private readonly bool _grey;

    internal Synthesis(Recipe recipe, LossNetwork network, IEngine engine, Checkpoint? from = null)
    {
        Recipe = recipe;
        _grey = recipe.Grey;
        Network = network;
        Engine = engine;
        _from = from;
        _networks = [.. recipe.Objective.Picks.Select(pick => pick.NetworkOr(network))];
        _history = [.. from?.History ?? []];
        TransparencyDiagnosis.RequireSomethingSeen(recipe);
        _warnings = [.. from?.Warnings ?? [.. ShapeDiagnosis.Of(recipe), .. TransparencyDiagnosis.Of(recipe)]];
        _evaluations = from?.Evaluations ?? 0;
        _course = from?.Course ?? new() { HasMoved = false };
    }

    /// <summary>Every setting of the run.</summary>
    public Recipe Recipe { get; }

    /// <summary>The loss network.</summary>
    public LossNetwork Network { get; }

    /// <summary>Where it is computed.</summary>
    public IEngine Engine { get; }

    /// <summary>True for a run that shares the machine with others beside it.</summary>
    internal bool OnOneThread { get; set; }

    /// <summary>False for one of many runs, whose memories would fill the machine: its result cannot go on.</summary>
    internal bool IsContinuable { get; set; } = true;

    /// <summary>Steps over all sizes; a pass that converges early takes fewer.</summary>
    public int Steps => Recipe.Passes.Sum(p => p.Steps);

    /// <summary>Ends the run after the operation in progress; the result keeps the last picture. While targets are computed as well.</summary>
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
                if (OnOneThread)
                    SingleThread.Begin();
                try
                {
                    foreach (var _ in Run(cancellation)) { }
                }
                catch (Exception error)
                {
                    _progress.Fail(error);
                    throw;
                }
                finally
                {
                    if (OnOneThread)
                        SingleThread.End();
                }
                return Finish();
            }, CancellationToken.None);
        }
        RunningCell.End(_result, Cancel);
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
        RunningCell.End(result.Task, Cancel);
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

    private PictureSize Size => Recipe.Passes[_pass].Size;

    private double Progress => Recipe.ProgressAt(_pass, _stepsOfPass);

    private TimeSpan Elapsed => (_from?.Elapsed ?? TimeSpan.Zero) + _watch.Elapsed;

    private IEnumerable<SynthesisStep> Run(CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _cancelled.Token);
        _watch.Start();
        Evaluation.RequireMemoryFor(Network, Recipe, Engine);
        for (_pass = _from?.Pass ?? 0; ; _pass++)
        {
            double scale = (double)Size.LongSide / Recipe.Passes[^1].Size.LongSide;
            BeginPass();
            using var evaluation = Prepare(scale, linked.Token);
            bool goesOn = evaluation is not null && !IsStopped;
            while (goesOn && _stepsOfPass < Recipe.Passes[_pass].Steps)
            {
                if (Evaluate(evaluation!, linked.Token) is not { } losses)
                    yield break;
                goesOn = TakeStep(evaluation!, losses);
                _current = StepTaken(losses, goesOn);
                Publish(_current);
                yield return _current;
                if (IsStopped)
                    yield break;
            }
            if (evaluation is null || IsStopped || !Leave(evaluation, linked.Token))
                yield break;
        }
    }

    private SynthesisStep StepTaken(LossValues losses, bool goesOn) => new(
        step => IsCurrent(step) ? CurrentPicture() : throw GoneOn(step),
        step => IsCurrent(step) ? Standing(interrupted: true) : throw GoneOn(step))
    {
        EndsPass = !goesOn,
        Index = _history.Count,
        Steps = Steps,
        Size = Size,
        Losses = losses,
        Evaluations = _evaluations,
        Elapsed = Elapsed,
    };

    private SynthesisResult Finish()
    {
        _watch.Stop();
        if (_interrupted || IsStopped)
            LookBack();
        TellWhereNothingMoved();
        var result = Standing(_interrupted).ToResult(IsContinuable) with { RanOn = (Network, Engine) };
        PublishResult(result);
        return result;
    }

    private Checkpoint Standing(bool interrupted) => new(
        Recipe, _pass, _stepsOfPass, _values, _optimizer!.Remember(), _safeguard.Best, CourseSoFar,
        _history, _evaluations, Elapsed, interrupted, _warnings);

    private bool IsCurrent(SynthesisStep step) => step == _current;

    private static InvalidOperationException GoneOn(SynthesisStep step) =>
        new($"The run has gone on since step {step.Index}; take a step's picture before asking for the next step.");

    private Picture CurrentPicture() => Recipe.WithAlpha(Picture.OfPlanes(_optimizer!.Average ?? _values, Size, Recipe.Border));
}
