using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Plans;

/// <summary>
/// Finds convolutions whose map is read by nothing but a ReLU and 2×2 pooling, and by the gradients of these. Then the map needs
/// not be written at all: forward, the pooled values and a mask are enough, and backward, the gradient at the pooled values.
/// </summary>
internal sealed class PoolFusion
{
    private readonly Dictionary<Tensor, (Tensor Convolution, FusedPool Pool)> _pools = [];
    private readonly Dictionary<Tensor, (Tensor PooledGradient, Tensor Pool)> _gradients = [];

    public PoolFusion(IReadOnlyList<Tensor> order, IReadOnlyList<Tensor> outputs, IEngine engine)
    {
        var readers = order.SelectMany(node => node.Inputs.Select(input => (Input: input, Reader: node))).ToLookup(pair => pair.Input, pair => pair.Reader);
        foreach (var relu in order.Where(node => node.Operation is Relu && !outputs.Contains(node)))
            if (OnlyReader(relu.Inputs[0]) == relu && relu.Inputs[0] is { Operation: Operations.Convolution } convolution
                && engine.FusesPooling(convolution.Inputs[0].Shape, convolution.Inputs[1].Shape))
                Find(relu, convolution);

        void Find(Tensor relu, Tensor convolution)
        {
            var pools = readers[relu].Where(node => PoolOf(node) != FusedPool.None).ToList();
            if (pools is not [var pool])
                return;
            // Several gradients in one plan come back through the map several times.
            var masks = readers[relu].Where(node => node.Operation is ReluGradient).ToList();
            if (masks.Count > 1)
                return;
            var masked = masks.FirstOrDefault();
            var spread = masked?.Inputs[1];
            if (masked != null && (masked.Inputs[0] != relu || !IsGradientOf(spread!, pool)
                || OnlyReader(spread!) != masked || OnlyReader(masked) is not { Operation: ConvolutionInputGradient }))
                return;
            if (readers[relu].Any(node => node != pool && node != masked && node != spread))
                return;
            _pools[pool] = (convolution, PoolOf(pool));
            if (masked != null)
                _gradients[OnlyReader(masked)!] = (spread!.Inputs[^1], pool);
        }

        Tensor? OnlyReader(Tensor node) => !outputs.Contains(node) && readers[node].ToList() is [var reader] ? reader : null;
    }

    /// <summary>The convolution that a pooling becomes a part of, or null.</summary>
    public (Tensor Convolution, FusedPool Pool)? ConvolutionOf(Tensor pool) => _pools.TryGetValue(pool, out var found) ? found : null;

    /// <summary>For the gradient of a convolution that is fused: the gradient at the pooled values, and the pooling.</summary>
    public (Tensor PooledGradient, Tensor Pool)? SourceOf(Tensor convolutionGradient) =>
        _gradients.TryGetValue(convolutionGradient, out var found) ? found : null;

    private static FusedPool PoolOf(Tensor node) => node.Operation switch
    {
        AveragePool => FusedPool.Average,
        MaxPool => FusedPool.Max,
        _ => FusedPool.None,
    };

    private static bool IsGradientOf(Tensor gradient, Tensor pool) =>
        pool.Operation is AveragePool && gradient.Operation is AveragePoolGradient
        || pool.Operation is MaxPool && gradient.Operation is MaxPoolGradient && gradient.Inputs[0] == pool.Inputs[0];
}
