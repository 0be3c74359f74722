using StyleLab.LibTorch;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using TorchSharp;

namespace StyleLab.Losses;

/// <summary>
/// A loss written in torch as a function in the graph. On the engine of torch it sees the maps where they are; on any other, they cross into
/// tensors of the CPU and their gradients back.
/// </summary>
/// <param name="name">The loss, for messages.</param>
/// <param name="targets">How many inputs at the end are fixed: they are read once and have no gradient.</param>
/// <param name="prepare">From the fixed inputs to the loss of the others; called once.</param>
internal sealed class TorchFunction(string name, int targets, Func<IReadOnlyList<torch.Tensor>, Func<IReadOnlyList<torch.Tensor>, torch.Tensor>> prepare)
    : ForeignFunction
{
    private Func<IReadOnlyList<torch.Tensor>, torch.Tensor>? _loss;
    private torch.Tensor[] _copies = [];
    private torch.Tensor?[] _gradients = [];

    protected override void Compute(IEngine engine, IReadOnlyList<Storage> inputs, Storage value)
    {
        Release();
        using var scope = torch.NewDisposeScope();
        try
        {
            var maps = inputs.Take(inputs.Count - targets).ToList();
            if (_loss is null)
            {
                _copies = engine is TorchEngine ? [] : [.. maps.Select(map => Empty(map.Shape).DetachFromDisposeScope())];
                using var lasting = torch.NewDisposeScope();
                _loss = prepare([.. inputs.Skip(maps.Count).Select(input => Copy(engine, input, Empty(input.Shape)))]);
                // What the loss keeps of its targets stays with it.
                lasting.Detach(lasting.DisposablesView.ToArray());
            }
            Evaluate(engine, maps, value);
        }
        catch (System.Runtime.InteropServices.ExternalException error)
        {
            throw new StyleLabException($"The loss '{name}' fails in torch: {error.Message.Split('\n')[0].TrimEnd('.')}.", error);
        }
    }

    protected override void WriteGradient(IEngine engine, int input, Storage gradient)
    {
        if (input >= _gradients.Length || _gradients[input] is not { } computed)
        {
            engine.Write(new float[gradient.Shape.Count], gradient);
            return;
        }
        if (engine is TorchEngine torchEngine)
            torchEngine[gradient].copy_(computed);
        else
        {
            using var ordered = computed.contiguous();
            engine.Write(TorchMemory.Floats(ordered), gradient);
        }
        computed.Dispose();
        _gradients[input] = null;
    }

    private void Evaluate(IEngine engine, IReadOnlyList<Storage> maps, Storage value)
    {
        using var recording = torch.enable_grad();
        var leaves = maps.Select((map, i) =>
            (engine is TorchEngine own ? own[map].detach() : Copy(engine, map, _copies[i]).detach()).requires_grad_()).ToList();
        var loss = _loss!(leaves);
        if (loss.numel() != 1)
            throw new StyleLabException($"The loss '{name}' must be a single value, got a tensor of {string.Join('×', loss.shape)}; end it with .sum() or .mean().");
        if (!loss.requires_grad)
            throw new StyleLabException($"The loss '{name}' does not depend on the feature maps it was given, so it has no gradient; compute it from them, without detach().");
        // Not autograd.grad: what goes wrong in it ends the process.
        loss.sum().backward();
        _gradients = [.. leaves.Select(Gradient)];
        engine.Write([loss.item<float>()], value);
    }

    // A map that was not used has none.
    private static torch.Tensor? Gradient(torch.Tensor map) => map.grad?.DetachFromDisposeScope();

    private static torch.Tensor Copy(IEngine engine, Storage source, torch.Tensor target)
    {
        if (engine is TorchEngine torchEngine)
            return target.to(torchEngine.Device).copy_(torchEngine[source]);
        engine.Read(source, TorchMemory.Floats(target));
        return target;
    }

    private static torch.Tensor Empty(Shape shape) => torch.empty([shape.Batch, shape.Channels, shape.Height, shape.Width], torch.float32);

    private void Release()
    {
        foreach (var gradient in _gradients)
            gradient?.Dispose();
        _gradients = [];
    }
}
