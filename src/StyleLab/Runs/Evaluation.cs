using StyleLab.Losses;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;

namespace StyleLab.Runs;

/// <summary>An objective at one picture size, ready to be evaluated many times: loss, its parts, and the gradient at the picture.</summary>
internal sealed class Evaluation : IDisposable
{
    // The picture, its gradient, the best picture so far, and the copy that becomes the result.
    private const int PicturesOfARun = 4;

    private readonly Tensor _picture, _gradient;
    private readonly LossTerm _objective;
    private readonly LossContext _context;
    private readonly Plan _plan;
    private readonly bool _grey;

    /// <summary>Computes the targets of the objective and prepares the graph.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Evaluation(LossNetwork network, Loss objective, PictureSize size, int margin, double scale, IEngine engine,
        bool tileable = false, bool grey = false, CancellationToken cancellation = default)
    {
        Unit = ObjectiveUnit.OfWeights(objective);
        int border = tileable ? 0 : margin;
        _picture = Tensor.Variable(new Shape(1, 3, size.Height + 2 * border, size.Width + 2 * border));
        _grey = grey;
        var seen = tileable ? _picture.WithWrappedMargin(margin) : _picture;
        _context = new LossContext(network, new FeatureMaps(network, seen, FirstOf(objective)), size, margin, scale, engine, tileable)
        {
            Cancellation = cancellation,
        };
        _objective = LossTerm.SumOf("total", [1 / Unit * objective.Term(_context)]);
        cancellation.ThrowIfCancellationRequested();
        _gradient = Gradient.Of(_objective.Value, _picture)[0];
        _plan = Plan.Compile([.. _objective.All().Select(t => t.Value), _gradient], engine);
        Gradients = new float[_picture.Shape.Count];
    }

    /// <summary>What the objective is divided by in the graph, so that no float of it leaves its range: its largest weight.</summary>
    public double Unit { get; }

    /// <summary>The gradient of the last evaluation at the picture with its margin, planar, divided by <see cref="Unit"/>.</summary>
    public float[] Gradients { get; }

    /// <summary>The objective of the last evaluation and its parts.</summary>
    public LossValues Losses => Read(_objective);

    /// <summary>True if the objective changes in the course of the run, so that its values at two steps cannot be compared.</summary>
    public bool IsChanging => _context.Schedules.Count > 0;

    /// <summary>
    /// Evaluates the objective at a picture with its margin, given as planar values, and at a progress of 0 to 1; gives
    /// it divided by <see cref="Unit"/>. Allocates nothing.
    /// </summary>
    public float At(ReadOnlySpan<float> picture, CancellationToken cancellation, double progress = 0)
    {
        _plan.Write(_picture, picture);
        for (int i = 0; i < _context.Schedules.Count; i++)
        {
            float number = (float)_context.Schedules[i].At(progress);
            _plan.Write(_context.Schedules[i].Number, new ReadOnlySpan<float>(ref number));
        }
        _plan.Run(cancellation);
        _plan.Read(_gradient, Gradients);
        if (_grey)
            KeepGrey(Gradients);
        return ValueOf(_objective);
    }

    /// <summary>Asks whether the last pass of a run would fit into memory, with its optimizer, before anything is computed.</summary>
    /// <exception cref="InsufficientMemoryException">It would not.</exception>
    public static void RequireMemoryFor(LossNetwork network, Recipe recipe, IEngine engine)
    {
        var (size, steps) = recipe.Passes[^1];
        var objective = recipe.Objective;
        // With its margin also where that is repeated and not made: the network sees it.
        var picture = Tensor.Variable(new Shape(1, 3, size.Height + 2 * recipe.Margin, size.Width + 2 * recipe.Margin));
        var maps = objective.Picks.Select(pick => pick.NetworkOr(network)).DistinctBy(other => other.Recipe)
            .ToDictionary(other => other.Recipe, other => new FeatureMaps(other, picture, FirstOf(objective)));
        var layers = objective.Picks.SelectMany(pick => pick.Resolve(network).Select(layer => (pick.NetworkOr(network).Recipe, layer))).Distinct();
        var loss = layers.Aggregate(picture.Sum(), (sum, layer) => sum + maps[layer.Recipe][layer.layer].Gram().Square().Sum());
        long vectors = PicturesOfARun + recipe.Optimizer.VectorsFor(picture.Shape.Count, steps);
        Plan.RequireMemoryFor([loss, Gradient.Of(loss, picture)[0]], engine, besides: vectors * sizeof(float) * picture.Shape.Count);
    }

    /// <summary>How long each step of one evaluation takes.</summary>
    public IReadOnlyList<(string Step, TimeSpan Time)> Measure() => _plan.Measure();

    public void Dispose() => _plan.Dispose();

    /// <summary>Takes the colours out of a gradient: what is left leads from grey to grey, and as steeply down as grey allows.</summary>
    private static void KeepGrey(Span<float> gradient)
    {
        int plane = gradient.Length / 3;
        Span<float> red = gradient[..plane], green = gradient[plane..(2 * plane)], blue = gradient[(2 * plane)..];
        for (int i = 0; i < plane; i++)
            red[i] = green[i] = blue[i] = (red[i] + green[i] + blue[i]) / 3;
    }

    /// <summary>The picture whose file an error names: it is the one that gives the result its size, unless a size was asked for.</summary>
    private static Picture? FirstOf(Loss objective) => objective.Pictures.FirstOrDefault(picture => picture.Role != PictureRole.Guide)?.Picture;

    private LossValues Read(LossTerm term) => new(term.Name, ValueOf(term) * Unit, [.. term.Parts.Select(Read)]);

    private float ValueOf(LossTerm term)
    {
        float value = 0;
        _plan.Read(term.Value, new Span<float>(ref value));
        return value;
    }
}
