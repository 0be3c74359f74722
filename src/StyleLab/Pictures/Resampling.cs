namespace StyleLab;

/// <summary>
/// How values between pixels are found when a picture changes its size. All but <see cref="Nearest"/> are antialiased:
/// when shrinking, they take in every pixel that falls into the new one.
/// </summary>
public enum Resampling
{
    /// <summary>The value of the nearest pixel: hard blocks, no new values.</summary>
    Nearest,

    /// <summary>Straight lines between pixels: soft, never overshoots.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = −0.5: the usual choice, slightly sharpening at edges.</summary>
    Bicubic,

    /// <summary>A sinc over three pixels each way: the sharpest, rings most at edges.</summary>
    Lanczos,

    /// <summary>The mean over exactly the area that the new pixel covers: for shrinking.</summary>
    Area,
}
