namespace StyleLab;

/// <summary>
/// How a loss is scaled. F is a feature map seen as C rows of N = H·W values, F' that of the target, G and A their Gram matrices.
/// Papers and tutorials use incompatible scales; weights found with one mean nothing with another. Where no layers or weights are given,
/// those of the publication are taken; docs/weights-of-papers.md maps published weights to these conventions.
/// </summary>
public enum Convention
{
    /// <summary>
    /// Each term is divided by the size of its target, so that the same weights mean the same for any picture size, layer and network.
    /// Content: mean (F−F')² / mean F'². Style: G = F·Fᵀ/N, mean (G−A)² / mean A².
    /// </summary>
    Balanced,

    /// <summary>
    /// Gatys, Ecker, Bethge 2015/2016. Content: ½ Σ (F−F')². Style: 1/(4C²N²) Σ (F·Fᵀ − F'·F'ᵀ)², each Gram matrix
    /// with its own N where the sizes differ. The content grows with the number of pixels; coarser sizes of a run count as the final one.
    /// </summary>
    Gatys,

    /// <summary>Johnson, Alahi, Fei-Fei 2016. Content: 1/(C·N) Σ (F−F')². Style: G = F·Fᵀ/(C·N), Σ (G−A)².</summary>
    Johnson,

    /// <summary>The PyTorch tutorial. Content: mean (F−F')². Style: G = F·Fᵀ/(C·N), mean (G−A)².</summary>
    PyTorchTutorial,
}
