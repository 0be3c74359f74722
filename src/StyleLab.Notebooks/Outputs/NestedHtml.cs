using System.Net;

namespace StyleLab.Notebooks;

/// <summary>A bundle as a piece of HTML that can stand inside other HTML.</summary>
internal static class NestedHtml
{
    public static string Of(MimeBundle content)
    {
        if (content[MimeTypes.Html] is { } html)
            return html;
        if (content[MimeTypes.Svg] is { } svg)
            return svg;
        if (content[MimeTypes.Gif] is { } gif)
            return $"<img src=\"data:image/gif;base64,{gif}\" />";
        if (content[MimeTypes.Png] is { } png)
            return $"<img src=\"data:image/png;base64,{png}\" />";
        if (content[MimeTypes.Jpeg] is { } jpeg)
            return $"<img src=\"data:image/jpeg;base64,{jpeg}\" />";
        return WebUtility.HtmlEncode(content[MimeTypes.PlainText] ?? "");
    }
}
