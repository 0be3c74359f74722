using StyleLab.Networks;
using StyleLab.Tensors.Threads;

namespace StyleLab;

/// <summary>
/// How many runs are computed at once, each on one thread. With two cores that takes 0.74 to 0.85 of the time of one after the other
/// on both at 128²; at 256² nothing is gained any more, because larger pictures keep all threads busy anyway.
/// </summary>
internal static class SideBySide
{
    private const int MostPixels = 128 * 128;

    // Feature maps, their gradients and the optimizer's pairs stay within a few copies of the maps.
    private const int CopiesOfMaps = 4, CopiesOfWeights = 8;

    public static int Places(IEnumerable<(LossNetwork Network, Recipe Recipe)> runs)
    {
        var list = runs.ToList();
        if (list.Count < 2 || list.Any(r => Pixels(r.Recipe) > MostPixels))
            return 1;
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        long largest = list.Max(r => Bytes(r.Network, r.Recipe));
        return (int)Math.Clamp(available / largest, 1, Math.Min(SingleThread.Places, list.Count));
    }

    private static long Pixels(Recipe recipe) => recipe.Passes.Max(p => (long)p.Size.Width * p.Size.Height);

    private static long Bytes(LossNetwork network, Recipe recipe) =>
        recipe.Objective.Picks.Select(pick => pick.NetworkOr(network)).Append(network).DistinctBy(other => other.Recipe).Sum(other => BytesOf(other, recipe));

    private static long BytesOf(LossNetwork network, Recipe recipe)
    {
        var layers = LayerCost.Of(network.Architecture);
        double maps = layers.Sum(l => l.Channels / ((double)l.Stride * l.Stride));
        return sizeof(float) * (CopiesOfWeights * layers.Sum(l => l.Parameters) + (long)(CopiesOfMaps * maps * Pixels(recipe)));
    }
}
