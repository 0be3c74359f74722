using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>Distances of distributions: values sorted and compared in their order, the one-dimensional Wasserstein distance.</summary>
internal static class SortedValues
{
    /// <summary>The mean square distance of the sorted values of each channel, as a multiple of the target's mean square.</summary>
    /// <param name="target">1×C×H×W.</param>
    public static Func<torch.Tensor, torch.Tensor> OfChannels(torch.Tensor target) => Distance(target, rows => rows);

    /// <summary>The same of the projections on random directions, which are the same for the same seed.</summary>
    /// <param name="target">1×C×H×W.</param>
    /// <param name="count">How many directions; C if null.</param>
    /// <param name="seed">The number they are made from.</param>
    public static Func<torch.Tensor, torch.Tensor> AlongDirections(torch.Tensor target, int? count, long seed)
    {
        long channels = target.shape[1];
        // Made on the CPU, so that every device has the same.
        using var generator = new torch.Generator((ulong)seed, torch.CPU);
        var directions = torch.randn([count ?? channels, channels], torch.float32, torch.CPU, generator: generator);
        directions = (directions / directions.norm(1, keepdim: true)).to(target.device);
        return Distance(target, rows => directions.matmul(rows));
    }

    private static Func<torch.Tensor, torch.Tensor> Distance(torch.Tensor target, Func<torch.Tensor, torch.Tensor> project)
    {
        var sorted = project(Rows(target)).sort(1).Values;
        var scale = target.square().mean().clamp(min: 1e-12f);
        torch.Tensor? resampled = null;
        return map =>
        {
            var values = project(Rows(map)).sort(1).Values;
            resampled ??= Resampled(sorted, values.shape[1]).DetachFromDisposeScope();
            return (values - resampled).square().mean() / scale;
        };
    }

    private static torch.Tensor Rows(torch.Tensor map) => map.select(0, 0).flatten(1);

    /// <summary>As many quantiles of each row as the map has values.</summary>
    private static torch.Tensor Resampled(torch.Tensor sorted, long count) => sorted.shape[1] == count ? sorted : torch.nn.functional.interpolate(
        sorted.unsqueeze(0), [count], mode: torch.InterpolationMode.Linear, align_corners: false).squeeze(0);
}
