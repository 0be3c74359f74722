using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>The outputs of a cell as HTML, each in the richest type that needs neither network nor scripts of
/// others.</summary>
internal sealed class OutputHtml(MarkdownRenderer markdown, ForeignHtml foreign, PageCharts charts, NotebookLinks links)
{
    public string Render(JsonObject output) => AsText.Unless(() => Rich(output), Alternative(output["data"] as JsonObject));

    private string Rich(JsonObject output) => MultilineText.Read(output["output_type"]) switch
    {
        "stream" => Stream(output),
        "error" => $"<pre class=\"error\">{WebUtility.HtmlEncode(OutputContent.ErrorText(output))}</pre>\n",
        "display_data" or "execute_result" when output["data"] is JsonObject data => Data(data),
        _ => "",
    };

    private static string Stream(JsonObject output)
    {
        string style = MultilineText.Read(output["name"]) == "stderr" ? "stream stderr" : "stream";
        return $"<pre class=\"{style}\">{Text(MultilineText.Read(output["text"]))}</pre>\n";
    }

    private string Data(JsonObject data)
    {
        string alternative = Alternative(data);
        if (!OutputContent.HasPicture(data) && charts.Take(data[MimeTypes.Plotly], alternative) is { } chart)
            return $"<div class=\"shown\">{chart}</div>\n";
        var content = OutputContent.Richest(data);
        return content switch
        {
            null => "",
            { MimeType: MimeTypes.PlainText } => $"<pre class=\"result\">{Text(content.Text)}</pre>\n",
            { MimeType: MimeTypes.Html } => Html(content.Text, data),
            { IsPicture: true } => $"<div class=\"shown\">{Picture(content, alternative)}</div>\n",
            _ => $"<div class=\"shown\">{foreign.Take(markdown.ToHtml(content.Text), content.Text)}</div>\n",
        };
    }

    // A chart that is nothing without its script is a picture or text, where there is one beside it.
    private string Html(string html, JsonObject data)
    {
        string taken = foreign.Take(NotebookLinks.Replace(html, links.InOutput), html);
        if (!foreign.Sanitizes || ForeignHtml.IsVisible(taken))
            return $"<div class=\"shown\">{taken}</div>\n";
        var rest = (JsonObject)data.DeepClone();
        rest.Remove(MimeTypes.Html);
        return Data(rest);
    }

    private static string Alternative(JsonObject? data) => data?[MimeTypes.PlainText] is { } plain ? MultilineText.Read(plain) : "output";

    // As a picture and not inline: the ids inside one SVG must not meet those of another.
    private string Picture(OutputContent content, string alternative)
    {
        string? svg = content.MimeType != MimeTypes.Svg ? null : foreign.Sanitizes ? SvgSanitizer.Clean(content.Text) : content.Text;
        if (svg == null && content.MimeType == MimeTypes.Svg)
            return AsText.Html(alternative);
        string base64 = svg == null ? content.Text : Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
        return $"<img src=\"data:{content.MimeType};base64,{base64}\" alt=\"{WebUtility.HtmlEncode(alternative)}\">";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(OutputContent.Plain(text));
}
