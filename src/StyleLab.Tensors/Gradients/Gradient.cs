using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors.Gradients;

/// <summary>Reverse-mode differentiation as a transformation from graph to graph.</summary>
public static class Gradient
{
    /// <summary>The gradients of a scalar with respect to the given tensors, as new nodes of the graph.</summary>
    /// <param name="loss">A tensor of shape 1×1×1×1.</param>
    /// <param name="inputs">Tensors the loss may depend on; one that it does not depend on gets zeros.</param>
    public static Tensor[] Of(Tensor loss, params Tensor[] inputs)
    {
        if (loss.Shape != Shape.Scalar)
            throw new ArgumentException($"Only a single value can be differentiated, got a tensor of {loss.Shape}; take its Sum() or Mean().");

        var order = TensorGraph.InOrder([loss]);
        var leadsToInput = new HashSet<Tensor>(inputs);
        foreach (var node in order)
            if (node.Inputs.Any(leadsToInput.Contains))
                leadsToInput.Add(node);

        var gradients = new Dictionary<Tensor, Tensor> { [loss] = Tensor.Scalar(1) };
        foreach (var node in order.Reverse())
        {
            // A requested tensor may lie in the middle of the graph, so its own inputs are visited all the same.
            if (node.Inputs.Count == 0 || !leadsToInput.Contains(node) || !gradients.TryGetValue(node, out var gradient))
                continue;
            var row = GradientTable.Row(node, gradient);
            for (int i = 0; i < row.Length; i++)
                if (row[i] is { } share && leadsToInput.Contains(node.Inputs[i]))
                    gradients[node.Inputs[i]] = gradients.TryGetValue(node.Inputs[i], out var sum) ? sum + share : share;
        }

        return [.. inputs.Select(x => gradients.GetValueOrDefault(x) ?? Tensor.Scalar(0).BroadcastTo(x.Shape))];
    }
}
