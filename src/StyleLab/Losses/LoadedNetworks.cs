using System.Collections.Concurrent;

namespace StyleLab.Losses;

/// <summary>Networks that recipes name beside that of the run: one for all losses and passes, for as long as anybody uses it.</summary>
internal static class LoadedNetworks
{
    private static readonly ConcurrentDictionary<NetworkRecipe, WeakReference<LossNetwork>> s_loaded = new();

    /// <exception cref="StyleLabException">It cannot be found, or is not the one that the recipe names.</exception>
    public static LossNetwork Of(NetworkRecipe recipe)
    {
        if (s_loaded.TryGetValue(recipe, out var known) && known.TryGetTarget(out var network))
            return network;
        network = recipe.Load();
        s_loaded[recipe] = new(network);
        return network;
    }
}
