using StyleLab.Tensors.Vectors;

namespace StyleLab.Optimizers;

// What is kept when a run is interrupted, and taken up when it goes on.
internal sealed partial class LbfgsState
{
    public OptimizerMemory Remember()
    {
        var vectors = new Dictionary<string, float[]> { ["direction"] = _direction, ["gradient"] = _previousGradient };
        for (int i = 0; i < _pairs.Count; i++)
            (vectors[$"s{i}"], vectors[$"y{i}"]) = (_pairs[i].S, _pairs[i].Y);
        return new(new Dictionary<string, double>
        {
            ["initialScale"] = _initialScale,
            ["loss"] = _previousLoss,
            ["length"] = _length,
            ["started"] = _started ? 1 : 0,
            ["pairs"] = _pairs.Count,
        }, vectors);
    }

    /// <summary>The state that <see cref="Remember"/> described; nothing is shared with it.</summary>
    public static LbfgsState From(LbfgsOptimizer settings, int values, OptimizerMemory memory)
    {
        var state = new LbfgsState(settings, values)
        {
            _initialScale = memory.Number("initialScale"),
            _previousLoss = memory.Number("loss"),
            _length = memory.Number("length"),
            _started = memory.Number("started") != 0,
        };
        memory.CopyVector("direction", state._direction);
        memory.CopyVector("gradient", state._previousGradient);
        double pairs = memory.Number("pairs");
        for (int i = 0; i < pairs; i++)
        {
            float[] s = new float[values], y = new float[values];
            memory.CopyVector($"s{i}", s);
            memory.CopyVector($"y{i}", y);
            state._pairs.Add((s, y, 1 / VectorMath.Dot(y, s)));
        }
        return state;
    }
}
