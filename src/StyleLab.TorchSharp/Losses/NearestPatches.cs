using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>Patches of a feature map and the nearest ones of another.</summary>
internal static class NearestPatches
{
    // Patches that are compared with all others at once: that many rows of a matrix.
    private const int AtOnce = 1024;

    /// <summary>The mean square distance of each patch from the nearest of the target, as a multiple of the target's mean square.</summary>
    /// <param name="target">1×C×H×W.</param>
    /// <param name="size">Height and width of a patch.</param>
    /// <param name="stride">Positions between two.</param>
    /// <exception cref="StyleLabException">A feature map is smaller than a patch.</exception>
    public static Func<torch.Tensor, torch.Tensor> Of(torch.Tensor target, int size, int stride)
    {
        var known = Patches(target, size, stride).contiguous();
        var directions = (known / known.norm(1, keepdim: true).clamp(min: 1e-12f)).t();
        var scale = target.square().mean().clamp(min: 1e-12f);
        return map =>
        {
            var patches = Patches(map, size, stride);
            return (patches - known.index_select(0, Nearest(patches.detach(), directions))).square().mean() / scale;
        };
    }

    /// <summary>The target's patch that each one correlates with best; its own length makes no difference.</summary>
    private static torch.Tensor Nearest(torch.Tensor patches, torch.Tensor directions)
    {
        var found = new List<torch.Tensor>();
        for (long start = 0; start < patches.shape[0]; start += AtOnce)
        {
            using var correlations = patches.narrow(0, start, Math.Min(AtOnce, patches.shape[0] - start)).matmul(directions);
            found.Add(correlations.argmax(1));
        }
        return torch.cat(found);
    }

    /// <summary>A row for each patch.</summary>
    private static torch.Tensor Patches(torch.Tensor map, int size, int stride) => map.shape[2] >= size && map.shape[3] >= size
        ? torch.nn.functional.unfold(map, size, stride: stride).select(0, 0).t()
        : throw new StyleLabException(
            $"The feature map of {map.shape[2]}×{map.shape[3]} is smaller than a patch of {size}×{size}; use a larger picture, an earlier layer or smaller patches.");
}
