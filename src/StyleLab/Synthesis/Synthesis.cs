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
    private bool _began;

    internal Synthesis(LossNetwork network, Loss objective, Start start, Optimizer optimizer, IReadOnlyList<Pass> passes, IEngine engine)
    {
        Network = network;
        Objective = objective;
        Start = start;
        Optimizer = optimizer;
        Passes = passes;
        Engine = engine;
    }

    /// <summary>The loss network.</summary>
    public LossNetwork Network { get; }

    /// <summary>What is minimised.</summary>
    public Loss Objective { get; }

    /// <summary>Where it starts.</summary>
    public Start Start { get; }

    /// <summary>What changes the picture.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Sizes and steps, coarse to fine.</summary>
    public IReadOnlyList<Pass> Passes { get; }

    /// <summary>Where it is computed.</summary>
    public IEngine Engine { get; }

    /// <summary>Steps of all passes.</summary>
    public int Steps => Passes.Sum(p => p.Steps);

    /// <summary>Ends the run after the operation in progress; the result keeps the last picture.</summary>
    public void Cancel() => _cancelled.Cancel();

    /// <summary>Makes <c>await run</c> give the result.</summary>
    public TaskAwaiter<SynthesisResult> GetAwaiter() => RunAsync().GetAwaiter();

    /// <summary>Runs to the end in the background. Cancelling is no error: the result holds the last picture and says so.</summary>
    public Task<SynthesisResult> RunAsync(CancellationToken cancellation = default)
    {
        lock (_lock)
            return _result ??= Task.Run(() =>
            {
                foreach (var _ in Run(cancellation)) { }
                return Finish();
            }, CancellationToken.None);
    }

    /// <summary>Every step as it is taken; the run waits while a step is looked at. After the last, <c>await run</c> gives the result.</summary>
    public async IAsyncEnumerator<SynthesisStep> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var done = new TaskCompletionSource<SynthesisResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_result is not null)
                throw new InvalidOperationException("This run has already begun; make a new one with Synthesize to see its steps.");
            _result = done.Task;
        }
        using var steps = Run(cancellationToken).GetEnumerator();
        try
        {
            while (await Task.Run(steps.MoveNext, CancellationToken.None))
                yield return steps.Current;
        }
        finally
        {
            // Leaving the loop early is an interruption as well: what there is becomes the result.
            if (_history.Count < Steps)
                Cancel();
            done.TrySetResult(Finish());
        }
    }

    private IEnumerable<SynthesisStep> Run(CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _cancelled.Token);
        linked.Token.Register(_cancelled.Cancel);
        _watch.Start();
        _began = true;
        Picture? picture = null;
        int index = 0;
        foreach (var pass in Passes)
        {
            double scale = (double)pass.Size.LongSide / Passes[^1].Size.LongSide;
            picture = picture?.Clamp().ResizeIfNeeded(pass.Size.Width, pass.Size.Height)
                ?? Start.Make(Objective, pass.Size.Width, pass.Size.Height, scale);
            _values = (float[])picture.Values.Clone();
            _size = pass.Size;
            using var evaluation = new Evaluation(Network, Objective, pass.Size, scale, Engine);
            var optimizer = Optimizer.Begin(_values.Length);
            var safeguard = new Safeguard(_values);
            for (int step = 0; step < pass.Steps; step++)
            {
                LossValues losses;
                try
                {
                    losses = evaluation.At(_values, linked.Token);
                }
                catch (OperationCanceledException)
                {
                    yield break;
                }
                _evaluations++;
                _history.Add(losses);
                if (index == 0)
                    _warnings.AddRange(Diagnosis.Of(losses, evaluation.Gradients));

                if (safeguard.Accepts(losses.Value, _values))
                    optimizer.Step(_values, losses.Value, evaluation.Gradients);
                else
                {
                    safeguard.Best.CopyTo(_values, 0);
                    optimizer = Optimizer.Begin(_values.Length);
                }
                _current = StepTaken(++index, losses);
                Publish(_current);
                yield return _current;
            }
            picture = CurrentPicture();
        }
        // The last steps may have left a better picture behind.
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

    private Picture CurrentPicture() => new(_size.Width, _size.Height, (float[])_values.Clone());
}
