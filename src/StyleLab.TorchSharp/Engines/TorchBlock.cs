using StyleLab.Tensors.Engines;
using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>The memory of one plan: a tensor of one axis, and the views of it that the plan's storages are.</summary>
internal sealed class TorchBlock : IDisposable
{
    private readonly Dictionary<Storage, torch.Tensor> _views = [];
    private readonly torch.Tensor _floats;

    // Whoever began a scope around a run must not dispose of what the plan keeps.
    public TorchBlock(torch.Tensor floats) => _floats = floats.DetachFromDisposeScope();

    /// <summary>The view of a storage, N×C×H×W.</summary>
    public torch.Tensor this[Storage storage]
    {
        get
        {
            if (!_views.TryGetValue(storage, out var view))
            {
                var (n, c, h, w) = storage.Shape;
                _views[storage] = view = View([n, c, h, w], [(long)c * h * w, (long)h * w, w, 1], storage.Offset);
            }
            return view;
        }
    }

    /// <summary>Another view; the caller's.</summary>
    /// <param name="sizes">Of each axis.</param>
    /// <param name="strides">In floats.</param>
    /// <param name="offset">Where it begins, in floats.</param>
    public torch.Tensor View(long[] sizes, long[] strides, long offset) => _floats.as_strided(sizes, strides, offset).DetachFromDisposeScope();

    public void Dispose()
    {
        foreach (var view in _views.Values)
            view.Dispose();
        _views.Clear();
        _floats.Dispose();
    }
}
