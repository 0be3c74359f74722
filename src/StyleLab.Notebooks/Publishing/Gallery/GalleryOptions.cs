namespace StyleLab.Notebooks;

/// <summary>How a gallery is made.</summary>
public sealed record GalleryOptions
{
    /// <summary>Its heading.</summary>
    public string Title { get; init; } = "Notebooks";

    /// <summary>
    /// Makes a PNG, JPEG or WebP picture as small as it is shown, 4 wide and 3 high; null for a picture that is to stay as it is.
    /// </summary>
    public Func<byte[], byte[]?> Shrink { get; init; } = _ => null;

    /// <summary>Whether pictures outside of a notebook's folder are taken in, wherever a path or a link leads.</summary>
    public bool AllowOutside { get; init; }
}
