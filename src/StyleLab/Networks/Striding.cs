namespace StyleLab;

/// <summary>What a loss network's convolutions with a stride do.</summary>
public enum Striding
{
    /// <summary>They skip positions, as in the network's training. In pictures that are made with it, that leaves a lattice of the stride's period.</summary>
    Skip,

    /// <summary>
    /// They look at every position, and the mean over as many as the stride says is what goes on; the weights stay the same
    /// (as an average after each convolution, which Zhang 2019, "Making convolutional networks shift-invariant again", puts there against such lattices).
    /// </summary>
    Average,
}
