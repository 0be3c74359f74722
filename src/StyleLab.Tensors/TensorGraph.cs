namespace StyleLab.Tensors;

/// <summary>Walks a graph of tensors.</summary>
internal static class TensorGraph
{
    /// <summary>All nodes the outputs depend on, each after its inputs. Iterative: deep graphs do not overflow the stack.</summary>
    public static IReadOnlyList<Tensor> InOrder(IEnumerable<Tensor> outputs)
    {
        var order = new List<Tensor>();
        var seen = new HashSet<Tensor>();
        var stack = new Stack<(Tensor Node, bool InputsDone)>(outputs.Reverse().Select(t => (t, false)));
        while (stack.TryPop(out var top))
        {
            if (top.InputsDone)
            {
                order.Add(top.Node);
                continue;
            }
            if (!seen.Add(top.Node))
                continue;
            stack.Push((top.Node, true));
            for (int i = top.Node.Inputs.Count - 1; i >= 0; i--)
                if (!seen.Contains(top.Node.Inputs[i]))
                    stack.Push((top.Node.Inputs[i], false));
        }
        return order;
    }
}
