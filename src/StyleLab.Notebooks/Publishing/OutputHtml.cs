using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>The outputs of a cell as HTML, each in the richest type that needs neither network nor scripts of
/// others.</summary>
internal sealed class OutputHtml(MarkdownRenderer markdown)
{
    public string Render(JsonObject output) => MultilineText.Read(output["output_type"]) switch
    {
        "stream" => Stream(output),
        "error" => Error(output),
        "display_data" or "execute_result" when output["data"] is JsonObject data => Data(data),
        _ => "",
    };

    private static string Stream(JsonObject output)
    {
        string style = MultilineText.Read(output["name"]) == "stderr" ? "stream stderr" : "stream";
        return $"<pre class=\"{style}\">{Text(MultilineText.Read(output["text"]))}</pre>\n";
    }

    private static string Error(JsonObject output)
    {
        var lines = output["traceback"] is JsonArray { Count: > 0 } traceback
            ? traceback.Select(MultilineText.Read)
            : [$"{MultilineText.Read(output["ename"])}: {MultilineText.Read(output["evalue"])}"];
        return $"<pre class=\"error\">{Text(string.Join("\n", lines))}</pre>\n";
    }

    private string Data(JsonObject data)
    {
        string? Content(string mimeType) => data[mimeType] is { } node ? MultilineText.Read(node) : null;

        string? html =
            Content(MimeTypes.Html)
            ?? (Content(MimeTypes.Svg) is { } svg ? Picture("svg+xml", ToBase64(svg)) : null)
            ?? (Content(MimeTypes.Png) is { } png ? Picture("png", png.ReplaceLineEndings("")) : null)
            ?? (Content(MimeTypes.Jpeg) is { } jpeg ? Picture("jpeg", jpeg.ReplaceLineEndings("")) : null)
            ?? (Content(MimeTypes.Markdown) is { } text ? markdown.ToHtml(text) : null)
            ?? (Content(MimeTypes.Latex) is { } latex ? markdown.ToHtml(latex) : null);
        if (html != null)
            return $"<div class=\"shown\">{html}</div>\n";
        if (Content(MimeTypes.PlainText) is { } plain)
            return $"<pre class=\"result\">{Text(plain)}</pre>\n";
        return data[MimeTypes.Json] is { } json ? $"<pre class=\"result\">{Text(NotebookJson.Write(json))}</pre>\n" : "";
    }

    // As a picture and not inline: the ids inside one SVG must not meet those of another.
    private static string Picture(string type, string base64) => $"<img src=\"data:image/{type};base64,{base64}\" alt=\"output\">";

    private static string ToBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Text(string text) => WebUtility.HtmlEncode(TerminalText.Plain(text).TrimEnd('\n'));
}
