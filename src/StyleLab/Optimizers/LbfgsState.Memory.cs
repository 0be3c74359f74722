using StyleLab.Tensors.Vectors;

namespace StyleLab.Optimizers;

// What is kept when a run is interrupted, and taken up when it goes on.
internal sealed partial class LbfgsState
{
    public OptimizerMemory Remember()
    {
        var vectors = new Dictionary<string, float[]> { ["direction"] = _direction, ["gradient"] = _previousGradient };
        for (int i = 0; i < _history.Count; i++)
            (vectors[$"s{i}"], vectors[$"y{i}"]) = _history[i];
        return new(new Dictionary<string, double>
        {
            ["loss"] = _previousLoss,
            ["length"] = _length,
            ["started"] = _started ? 1 : 0,
            ["pairs"] = _history.Count,
        }, vectors);
    }

    /// <summary>The state that <see cref="Remember"/> described; nothing is shared with it.</summary>
    public static LbfgsState From(LbfgsOptimizer settings, int values, OptimizerMemory memory)
    {
        var state = new LbfgsState(settings, values)
        {
            _previousLoss = memory.Number("loss"),
            _length = memory.Number("length"),
            _started = memory.Number("started") != 0,
        };
        double pairs = memory.Number("pairs");
        for (int i = 0; i < pairs; i++)
        {
            memory.CopyVector($"s{i}", state._direction);
            memory.CopyVector($"y{i}", state._previousGradient);
            (state._direction, state._previousGradient) = state._history.Add(state._direction, state._previousGradient);
            state._history.MeasureLast();
        }
        memory.CopyVector("direction", state._direction);
        memory.CopyVector("gradient", state._previousGradient);
        return state;
    }

    /// <summary>The same pairs for an enlarged picture. Its gradient is not known yet, so there is no step to make the next pair of.</summary>
    public static OptimizerMemory Enlarged(OptimizerMemory memory, Enlargement enlargement)
    {
        var vectors = new Dictionary<string, float[]>();
        int pairs = 0;
        for (int i = 0; i < memory.Number("pairs"); i++)
        {
            float[] s = enlargement.OfValues(memory.Vectors[$"s{i}"]), y = enlargement.OfGradients(memory.Vectors[$"y{i}"]);
            if (HasCurvature(s, y))
                (vectors[$"s{pairs}"], vectors[$"y{pairs++}"]) = (s, y);
        }
        vectors["direction"] = vectors["gradient"] = new float[enlargement.Length];
        return new(new Dictionary<string, double> { ["loss"] = 0, ["length"] = 0, ["started"] = 0, ["pairs"] = pairs }, vectors);
    }
}
