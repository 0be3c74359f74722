using StyleLab.Runs;

namespace StyleLab;

public abstract partial record Loss
{
    /// <summary>
    /// The same objective in balanced weights: what the weights of a paper are in StyleLab's own units, for this network and these pictures.
    /// Its value is the same at the final size of a run, and nearly so at smaller ones.
    /// </summary>
    /// <param name="network">The loss network of the run.</param>
    /// <example><code>Experiments.StyleTransferObjective(photo, [painting], convention: Convention.PyTorchTutorial).ToBalanced(network)</code></example>
    /// <exception cref="StyleLabException">The network lacks a layer, or a picture is too small.</exception>
    public Loss ToBalanced(LossNetwork network) => BalancedWeights.Of(this, network);
}
