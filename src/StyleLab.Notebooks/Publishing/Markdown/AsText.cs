using System.Net;

namespace StyleLab.Notebooks;

/// <summary>What cannot be shown as what it is, as text.</summary>
internal static class AsText
{
    public static string Html(string text) => $"<pre>{WebUtility.HtmlEncode(text)}</pre>\n";

    /// <summary>HTML as it is made; the text where that fails, so that the rest of the page is there.</summary>
    public static string Unless(Func<string> makeHtml, string text)
    {
        try
        {
            return makeHtml();
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            return Html(text);
        }
    }
}
