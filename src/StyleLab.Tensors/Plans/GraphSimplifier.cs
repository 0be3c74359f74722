using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Plans;

/// <summary>Rewrites a graph of tensors before it is planned.</summary>
internal static class GraphSimplifier
{
    /// <summary>
    /// The same graph with fewer steps: equal operations on equal inputs are computed once. When nothing else needs the
    /// value in between, a ReLU joins the convolution before it, its gradient joins the convolution's, pooling joins both, and the
    /// sum of a Gram matrix's gradient with another becomes one step.
    /// Maps old nodes to new ones.
    /// </summary>
    public static Dictionary<Tensor, Tensor> Simplify(IReadOnlyList<Tensor> outputs, IEngine engine)
    {
        var order = TensorGraph.InOrder(outputs);
        var uses = order.SelectMany(t => t.Inputs).Concat(outputs).GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        var pools = new PoolFusion(order, outputs, engine);
        var replaced = new Dictionary<Tensor, Tensor>();
        var known = new Dictionary<(Operation, Tensor, Tensor?, Tensor?), Tensor>();

        foreach (var node in order)
        {
            if (node.Inputs.Count == 0)
            {
                replaced[node] = node;
                continue;
            }
            var operation = node.Operation;
            var inputs = node.Inputs;
            if (operation is Relu && inputs[0].Operation is Convolution convolution && uses[inputs[0]] == 1)
            {
                operation = convolution with { WithRelu = true };
                inputs = inputs[0].Inputs;
            }
            if (operation is Relu && inputs[0].Operation is StridedConvolution strided && uses[inputs[0]] == 1)
            {
                operation = strided with { WithRelu = true };
                inputs = inputs[0].Inputs;
            }
            if (pools.ConvolutionOf(node) is var (pooled, pool))
            {
                operation = (Convolution)pooled.Operation with { WithRelu = true, Pool = pool };
                inputs = pooled.Inputs;
            }
            if (pools.SourceOf(node) is var (pooledGradient, pooling))
            {
                var mask = Shared(new PositiveMask(), inputs[0].Shape, [replaced[pooling]]);
                replaced[mask] = mask;
                operation = (ConvolutionInputGradient)operation with { Pool = ((Convolution)replaced[pooling].Operation).Pool };
                inputs = [pooledGradient, inputs[1], mask];
            }
            else if (operation is ConvolutionInputGradient or StridedConvolutionInputGradient && inputs[0].Operation is ReluGradient && uses[inputs[0]] == 1)
            {
                var mask = Shared(new PositiveMask(), inputs[0].Shape, [replaced[inputs[0].Inputs[0]]]);
                replaced[mask] = mask;
                inputs = [inputs[0].Inputs[1], inputs[1], mask];
            }
            if (operation is Add && GramGradientIn(inputs, uses) is { } gram)
                (operation, inputs) = (inputs[gram].Operation, [.. inputs[gram].Inputs, inputs[1 - gram]]);
            Tensor[] newInputs = [.. inputs.Select(x => replaced[x])];
            replaced[node] = Shared(operation, node.Shape, newInputs);
        }
        return replaced;

        Tensor Shared(Operation operation, Shape shape, Tensor[] inputs)
        {
            var key = (operation, inputs[0], inputs.ElementAtOrDefault(1), inputs.ElementAtOrDefault(2));
            if (!known.TryGetValue(key, out var same) || same.Shape != shape)
                known[key] = same = new Tensor(operation, shape, inputs);
            return same;
        }
    }

    /// <summary>Which of the two inputs of a sum is the gradient of a Gram matrix that nothing else needs; null if none is.</summary>
    private static int? GramGradientIn(IReadOnlyList<Tensor> inputs, Dictionary<Tensor, int> uses)
    {
        for (int i = 0; i < 2; i++)
            if (inputs[i].Operation is GramGradient && uses[inputs[i]] == 1 && inputs[1 - i].Shape == inputs[i].Shape)
                return i;
        return null;
    }
}
