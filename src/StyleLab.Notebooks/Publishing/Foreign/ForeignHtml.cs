namespace StyleLab.Notebooks;

/// <summary>HTML of a notebook as a page takes it in: whole, fetching nothing, and with no scripts but those the page knows of.</summary>
/// <param name="elsewhere">What is taken from other places.</param>
/// <param name="scripts">The scripts of the page.</param>
/// <param name="sanitize">Whether scripts are taken out.</param>
internal sealed class ForeignHtml(Elsewhere elsewhere, PageScripts scripts, bool sanitize)
{
    private readonly HtmlCleaner? _cleaner = sanitize ? new() : null;

    /// <summary>Whether scripts are taken out.</summary>
    public bool Sanitizes => sanitize;

    /// <summary>HTML that ends all that it begins; as it is written where that needs no change.</summary>
    /// <param name="html">A piece of HTML of anybody.</param>
    /// <param name="text">What to show as text where the HTML is nested too deep.</param>
    public string Take(string html, string text)
    {
        if (!html.Contains('<'))
            return html;
        if (BoundedHtml.Fragment(html) is not { } place)
            return AsText.Html(text);
        bool isChanged = elsewhere.Replace(place);
        _cleaner?.Clean(place);
        isChanged |= scripts.Add(place) || sanitize;
        if (!isChanged && BoundedHtml.IsWhole(html))
            return html;
        string closed = place.InnerHtml;
        return BoundedHtml.IsWhole(closed) ? closed : AsText.Html(text);
    }

    /// <summary>Whether there is something to see in HTML that was taken.</summary>
    public static bool IsVisible(string html) => !html.Contains('<') || (BoundedHtml.Fragment(html) is { } place
        && (place.TextContent.AsSpan().Trim().Length > 0 || place.QuerySelector("img, video, audio, input, hr, progress, meter") != null));
}
