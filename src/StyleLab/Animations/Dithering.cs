namespace StyleLab;

/// <summary>How a colour that is not in the palette is shown with those that are.</summary>
public enum Dithering
{
    /// <summary>The nearest colour of the palette: the smallest file, with steps in smooth gradients.</summary>
    None,

    /// <summary>
    /// A fixed pattern of 8×8 pixels (Bayer 1973) around the colour: the same in every frame, so that nothing flickers.
    /// </summary>
    Ordered,

    /// <summary>Floyd and Steinberg 1976: what a pixel gets wrong goes into its neighbours; closest to the picture.</summary>
    FloydSteinberg,
}
