using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Operations;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Plans;

/// <summary>
/// A graph made ready to run many times: simplified, put in order, its tensors placed in one block of memory by
/// lifetime, every operation bound to its storages. Running it allocates nothing. What depends on no variable is computed once,
/// in the first run.
/// </summary>
/// <remarks>A plan is not safe for use from several threads at once; several plans may run side by side.</remarks>
public sealed class Plan : IDisposable
{
    // Filters are packed once for an engine and live as long as it and the weights they come from.
    private static readonly ConditionalWeakTable<float[], ConditionalWeakTable<IEngine, Dictionary<Shape, IFilters>>> s_filters = [];

    private readonly IEngine _engine;
    private readonly Dictionary<Tensor, Tensor> _simplified;
    private readonly Dictionary<Tensor, Tensor> _masks;
    private readonly Dictionary<Tensor, Storage> _storages = [];
    private readonly List<(Tensor Node, Action Run)> _fixedSteps = [], _steps = [];
    private readonly long _floats, _floatsWithoutReuse;
    private nint _memory;
    private bool _isFixedPartDone;

    private Plan(IReadOnlyList<Tensor> outputs, IEngine engine, bool reuseMemory)
    {
        _engine = engine;
        _simplified = GraphSimplifier.Simplify(outputs, engine);
        var fixedPart = Place(outputs.Select(t => _simplified[t]), engine, reuseMemory, out var filterWeights, out long[] offsets, out _floats, out _floatsWithoutReuse);
        var order = fixedPart.Order;
        _masks = order.Where(IsWrittenByConvolution).ToDictionary(mask => mask.Inputs[0]);
        engine.RequireMemory(_floats * sizeof(float), 0);
        _memory = engine.Allocate(_floats);
        for (int i = 0; i < order.Count; i++)
            _storages[order[i]] = new Storage(_memory, offsets[i], order[i].Shape, LayoutOf(order[i], engine));

        foreach (var node in order)
        {
            if (node.Operation is Constant constant)
            {
                if (!filterWeights.Contains(node))
                    engine.Write(constant.Values, _storages[node]);
            }
            else if (node.Operation is not Variable && !IsWrittenByConvolution(node))
                (fixedPart.Contains(node) ? _fixedSteps : _steps).Add((node, EngineCalls.Bind(node, engine, t => _storages[t], MaskOf, Filters)));
        }
    }

    /// <summary>Prepares a graph for running.</summary>
    /// <param name="outputs">The tensors that will be read.</param>
    /// <param name="engine">Where to run; <see cref="Engine.Default"/> if none is given.</param>
    /// <param name="reuseMemory">False gives every tensor its own memory: for finding errors, the results are the same bits.</param>
    /// <exception cref="InsufficientMemoryException">The tensors do not fit into the memory of the machine.</exception>
    public static Plan Compile(IReadOnlyList<Tensor> outputs, IEngine? engine = null, bool reuseMemory = true) =>
        new(outputs, engine ?? Engine.Default, reuseMemory);

    /// <summary>
    /// Asks whether a plan would fit into memory, without computing or taking anything: to be told before hours of work instead
    /// of after them. Constants may be given as variables.
    /// </summary>
    /// <param name="outputs">The tensors that will be read.</param>
    /// <param name="engine">Where it will run.</param>
    /// <param name="besides">Bytes of this machine's memory that will be needed beside the plan.</param>
    /// <exception cref="InsufficientMemoryException">It would not.</exception>
    public static void RequireMemoryFor(IReadOnlyList<Tensor> outputs, IEngine engine, long besides = 0)
    {
        var simplified = GraphSimplifier.Simplify(outputs, engine);
        Place(outputs.Select(t => simplified[t]), engine, reuseMemory: true, out _, out _, out long floats, out _);
        engine.RequireMemory(floats * sizeof(float), besides);
    }

    /// <summary>Sets the values of a variable, in N×C×H×W order.</summary>
    public void Write(Tensor variable, ReadOnlySpan<float> values)
    {
        if (variable.Operation is not Variable)
            throw new ArgumentException($"Only a variable can be written, got {variable}.");
        // A variable the outputs do not depend on has no place in the plan, and nothing is lost by leaving it out.
        if (_storages.TryGetValue(variable, out var storage))
            _engine.Write(Fitting(values, variable.Shape), storage);
    }

    /// <summary>
    /// Computes all outputs once; in the first run also what depends on no variable. Cancellation is honoured between operations and
    /// between the parts of one.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the outputs are undefined until the next run.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_memory == 0, this);
        var outer = WorkerPool.Cancellation;
        WorkerPool.Cancellation = cancellation;
        try
        {
            RunFixedPart(cancellation);
            foreach (var (_, run) in _steps)
            {
                cancellation.ThrowIfCancellationRequested();
                run();
            }
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            WorkerPool.Cancellation = outer;
        }
    }

    private void RunFixedPart(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_memory == 0, this);
        if (_isFixedPartDone)
            return;
        // After a cancelled run it begins again: constants lie untouched.
        foreach (var (_, run) in _fixedSteps)
        {
            cancellation.ThrowIfCancellationRequested();
            run();
        }
        cancellation.ThrowIfCancellationRequested();
        _isFixedPartDone = true;
    }

    /// <summary>Runs once and says how long each step took, in order, without what is computed in the first run only.</summary>
    public IReadOnlyList<(string Step, TimeSpan Time)> Measure()
    {
        RunFixedPart(default);
        var times = new List<(string, TimeSpan)>(_steps.Count);
        foreach (var (node, run) in _steps)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            times.Add((Describe(node), Stopwatch.GetElapsedTime(start)));
        }
        return times;
    }

    /// <summary>The values of an output after a run, in N×C×H×W order.</summary>
    public float[] Read(Tensor output)
    {
        var values = new float[output.Shape.Count];
        Read(output, values);
        return values;
    }

    /// <summary>Copies the values of an output into <paramref name="values"/>, in N×C×H×W order.</summary>
    public void Read(Tensor output, Span<float> values)
    {
        if (!_simplified.TryGetValue(output, out var node) || !_storages.TryGetValue(node, out var storage))
            throw new ArgumentException($"{output} is not an output of this plan.");
        Fitting(values, output.Shape);
        _engine.Read(storage, values);
    }

    /// <summary>The steps in order with their shapes, and how much memory lifetimes save.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var (node, _) in _steps)
            text.AppendLine(Describe(node));
        if (_fixedSteps.Count > 0)
            text.AppendLine($"{_fixedSteps.Count} more in the first run only, for what depends on no variable");
        text.Append(FormattableString.Invariant(
            $"{_steps.Count} steps on {_engine.Name}; {_floats * 4 / 1e6:F1} MB in use, {_floatsWithoutReuse * 4 / 1e6:F1} MB without reuse"));
        return text.ToString();
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_memory != 0)
            _engine.Free(_memory);
        _memory = 0;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory of a plan that was forgotten.</summary>
    ~Plan() => Dispose();

    private static string Describe(Tensor node)
    {
        string name = node.Operation.GetType().Name;
        if (node.Operation is Convolution { WithRelu: true } convolution)
            name += convolution.Pool == FusedPool.None ? " + Relu" : $" + Relu + {convolution.Pool}Pool";
        return $"{name,-32} {string.Join(", ", node.Inputs.Select(x => x.Shape))} → {node.Shape}";
    }

    /// <summary>A mask of a ReLU's output: the convolution with that ReLU writes it along with its own result.</summary>
    private static bool IsWrittenByConvolution(Tensor node) =>
        node.Operation is PositiveMask && node.Inputs[0].Operation is Convolution { WithRelu: true };

    private Storage MaskOf(Tensor convolution) => _masks.TryGetValue(convolution, out var mask) ? _storages[mask] : default;

    private static Layout LayoutOf(Tensor node, IEngine engine) =>
        node.Operation is PositiveMask ? engine.LayoutOfMask(node.Shape) : engine.LayoutOf(node.Shape);

    private static long FloatsOf(Tensor node, IEngine engine) => engine.FloatsOf(node.Shape, LayoutOf(node, engine));

    private IFilters Filters(Tensor weights)
    {
        var values = ((Constant)weights.Operation).Values;
        var packed = s_filters.GetOrCreateValue(values).GetOrCreateValue(_engine);
        lock (packed)
        {
            if (!packed.TryGetValue(weights.Shape, out var filters))
                packed[weights.Shape] = filters = _engine.PackFilters(values, weights.Shape);
            return filters;
        }
    }

    /// <summary>The steps in order, and where in one block of memory their results lie.</summary>
    private static FixedPart Place(IEnumerable<Tensor> outputs, IEngine engine, bool reuseMemory,
        out HashSet<Tensor> filterWeights, out long[] offsets, out long floats, out long floatsWithoutReuse)
    {
        Tensor[] results = [.. outputs.Distinct()];
        var fixedPart = new FixedPart(TensorGraph.InOrder(results), results);
        var order = fixedPart.Order;
        filterWeights = FilterWeights(order, results);
        var lifetimes = Lifetimes(order, [.. results, .. fixedPart.Kept], filterWeights, engine, reuseMemory);
        floatsWithoutReuse = lifetimes.Sum(l => l.Floats);
        var overwrites = reuseMemory ? Overwrites(order, lifetimes) : [];
        foreach (var (sum, addend) in overwrites)
        {
            lifetimes[addend] = lifetimes[addend] with { Last = lifetimes[sum].Last };
            lifetimes[sum] = lifetimes[sum] with { Floats = 0 };
        }
        (offsets, floats) = ArenaLayout.Place(lifetimes);
        foreach (var (sum, addend) in overwrites)
            offsets[sum] = offsets[addend];
        return fixedPart;
    }

    /// <summary>
    /// Gradients of Gram matrices, as places in the order, that can be added to the memory of what they are added to, because
    /// nothing reads that afterwards.
    /// </summary>
    private static List<(int Sum, int Addend)> Overwrites(IReadOnlyList<Tensor> order, List<Lifetime> lifetimes)
    {
        var place = order.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var overwrites = new List<(int Sum, int Addend)>();
        foreach (var (i, node) in order.Index())
            if (node.Operation is GramGradient && node.Inputs is [var x, _, var addend]
                && addend != x && addend.Inputs.Count > 0 && lifetimes[place[addend]].Last == i
                && overwrites.TrueForAll(other => other.Sum != place[addend]))
                overwrites.Add((i, place[addend]));
        return overwrites;
    }

    /// <summary>Weights that only convolutions use: they live in the engine's own order, outside the arena.</summary>
    private static HashSet<Tensor> FilterWeights(IReadOnlyList<Tensor> order, Tensor[] results)
    {
        var convolutions = order.Where(t => t.Operation is
            Convolution or ConvolutionInputGradient or StridedConvolution or StridedConvolutionInputGradient).ToList();
        var weights = convolutions.Select(t => t.Inputs[1]).ToHashSet();
        weights.ExceptWith(order.Except(convolutions).SelectMany(t => t.Inputs));
        weights.ExceptWith(convolutions.Select(t => t.Inputs[0]));
        weights.ExceptWith(results);
        return weights;
    }

    private static List<Lifetime> Lifetimes(
        IReadOnlyList<Tensor> order, Tensor[] kept, HashSet<Tensor> filterWeights, IEngine engine, bool reuseMemory)
    {
        int end = order.Count;
        var step = order.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        foreach (var mask in order.Where(IsWrittenByConvolution))
            step[mask] = step[mask.Inputs[0]];
        var last = new Dictionary<Tensor, int>(step);
        foreach (var node in order)
            foreach (var input in node.Inputs)
                last[input] = Math.Max(last[input], step[node]);
        foreach (var tensor in kept)
            last[tensor] = end;

        return [.. order.Select(t =>
            filterWeights.Contains(t) ? new Lifetime(0, 0, end)
            : t.Inputs.Count == 0 || !reuseMemory ? new Lifetime(FloatsOf(t, engine), 0, end)
            : new Lifetime(FloatsOf(t, engine), step[t], last[t]))];
    }

    private static ReadOnlySpan<float> Fitting(ReadOnlySpan<float> values, Shape shape) => values.Length == shape.Count
        ? values
        : throw new ArgumentException($"A tensor of {shape} holds {shape.Count} values, got {values.Length}.");
}
