namespace StyleLab.Losses;

/// <summary>Layers that a loss looks at, and of which network.</summary>
/// <param name="On">The network; null for that of the run.</param>
/// <param name="Given">The same, if it was given in code.</param>
/// <param name="Layers">The layers.</param>
internal sealed record NetworkPick(NetworkRecipe? On, LossNetwork? Given, LayerPick Layers)
{
    /// <summary>The network.</summary>
    /// <exception cref="StyleLabException">It cannot be loaded.</exception>
    public LossNetwork NetworkOr(LossNetwork ofRun) => On is null ? ofRun : Given ?? LoadedNetworks.Of(On);

    /// <summary>The names of the layers.</summary>
    /// <exception cref="StyleLabException">The network cannot be loaded, or lacks one.</exception>
    public IReadOnlyList<string> Resolve(LossNetwork ofRun) => Layers.Resolve(NetworkOr(ofRun).Architecture);
}
