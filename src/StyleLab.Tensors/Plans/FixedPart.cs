using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Plans;

/// <summary>
/// What of a graph depends on no variable, such as the targets of a loss: computed before the first run of a plan and kept from then
/// on. It has the same memory as the rest: only what the rest reads stays, all else is overwritten by it.
/// </summary>
internal sealed class FixedPart
{
    private readonly HashSet<Tensor> _nodes = [];

    public FixedPart(IReadOnlyList<Tensor> order, IReadOnlyCollection<Tensor> results)
    {
        // Without a variable every run gives the same, and whoever runs it again wants it computed again.
        if (order.Any(t => t.Operation is Variable))
            foreach (var node in order)
                if (node.Inputs.Count > 0 && node.Inputs.All(x => x.Operation is Constant || _nodes.Contains(x)))
                    _nodes.Add(node);
        LeaveOutStretched(order, results);
        Order = [.. order.Where(IsFixed), .. order.Where(t => !IsFixed(t))];
        Kept = Order.Where(t => !_nodes.Contains(t)).SelectMany(t => t.Inputs).Concat(results).Where(_nodes.Contains).ToHashSet();
    }

    /// <summary>The order of the graph with the fixed part first.</summary>
    public IReadOnlyList<Tensor> Order { get; }

    /// <summary>Those that the rest reads, or that are results.</summary>
    public HashSet<Tensor> Kept { get; }

    /// <summary>True for what is computed once.</summary>
    public bool Contains(Tensor node) => _nodes.Contains(node);

    private bool IsFixed(Tensor node) => node.Operation is Constant || _nodes.Contains(node);

    /// <summary>A repeated value is quicker made anew in every run than kept at full size.</summary>
    private void LeaveOutStretched(IReadOnlyList<Tensor> order, IReadOnlyCollection<Tensor> results)
    {
        var readByFixed = order.Where(_nodes.Contains).SelectMany(t => t.Inputs).ToHashSet();
        foreach (var node in order.Where(t => t.Operation is Broadcast && !readByFixed.Contains(t) && !results.Contains(t)))
            _nodes.Remove(node);
    }
}
