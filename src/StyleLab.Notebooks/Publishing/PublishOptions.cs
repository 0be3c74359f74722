namespace StyleLab.Notebooks;

/// <summary>How a notebook is published.</summary>
public sealed record PublishOptions
{
    /// <summary>Where pictures named in the notebook are looked for, normally its folder; null to take in none.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether code is hidden until it is asked for.</summary>
    public bool FoldCode { get; init; }

    /// <summary>
    /// Whether scripts, event handlers, frames, forms that post, and styles that fetch are taken out of the notebook's HTML and SVG,
    /// for a notebook that one does not know. For pages and PDF; our own figures and formulas work on.
    /// </summary>
    public bool Sanitize { get; init; }

    /// <summary>Whether files outside of <see cref="Folder"/> are taken in, wherever a path or a link leads.</summary>
    public bool AllowOutside { get; init; }

    /// <summary>
    /// The notebooks that are published together, this one among them: links to them lead to their pages. Links to other notebooks are
    /// text.
    /// </summary>
    public IReadOnlyList<PublishedNotebook> Together { get; init; } = [];

    /// <summary>Where the <see cref="GalleryExport">gallery</see> of them is, which a page leads back to; null if there is none.</summary>
    public string? Gallery { get; init; }

    /// <summary>Hears, in whole sentences, what is not on the page and what the page carries.</summary>
    public Action<string>? Say { get; init; }

    internal void RequireNoSanitizing(string format)
    {
        if (Sanitize)
            throw new NotebookException($"{format} is not sanitised, since other programs make the page of it: publish as HTML or PDF.");
    }
}
