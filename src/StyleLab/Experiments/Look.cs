namespace StyleLab;

/// <summary>How a style transfer looks: what its style terms know of a painting.</summary>
public enum Look
{
    /// <summary>The run's network alone: the colours and strokes of the style on forms that stay whole.</summary>
    Fine,

    /// <summary>
    /// The embedded ResNet-18 beside the run's network, each with half of the style weight: its blocks at strides of 4, 8 and 16 know the large forms
    /// of a style, such as moons, spirals and sweeps of the brush. An evaluation takes two to three times as long.
    /// </summary>
    Broad,
}
