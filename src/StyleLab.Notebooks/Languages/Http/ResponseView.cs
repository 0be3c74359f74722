using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StyleLab.Notebooks;

/// <summary>A response as a notebook shows it: status, time, headers to unfold, and the body as what it is.</summary>
internal static class ResponseView
{
    private const int LongestBody = 50_000, LargestPicture = 10_000_000;

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MimeBundle Of(Exchange exchange)
    {
        var response = exchange.Response;
        string color = response.Status < 400 ? "#2a7d2a" : "#c22";
        string status = $"{response.Status} {response.Reason}".TrimEnd();
        string size = $"{Time(response.Duration)}, {Size(response.Body.Length)}{(response.Type.Length > 0 ? $", {response.Type}" : "")}";
        string? picture = IsPicture(response) ? $"data:{response.Type};base64,{Convert.ToBase64String(response.Body)}" : null;
        string? text = picture == null ? Text(response) : null;
        var html = new StringBuilder("<div>")
            .Append($"<div><code>{Encode(exchange.Request)}</code></div>")
            .Append($"<div><strong style=\"color:{color}\">{Encode(status)}</strong> <small>{Encode(size)}</small></div>")
            .Append(Headers("Request headers", exchange.RequestHeaders)).Append(Headers("Response headers", response.Headers));
        if (picture != null)
            html.Append($"<img src=\"{picture}\" alt=\"{Encode(exchange.Request)}\" style=\"max-width:100%\">");
        else if (text != null)
            html.Append($"<pre style=\"max-height:40em;overflow:auto\">{Encode(text)}</pre>");
        var lines = new[] { exchange.Request, $"{status} ({size})" }
            .Concat(response.Headers.Select(header => $"{header.Name}: {header.Value}"));
        return new MimeBundle
        {
            { MimeTypes.Html, html.Append("</div>").ToString() },
            { MimeTypes.PlainText, string.Join('\n', lines) + (string.IsNullOrEmpty(text) ? "" : $"\n\n{text}") },
        };
    }

    /// <summary>The body as text; null if it is empty or not text.</summary>
    private static string? Text(Response response)
    {
        if (response.Body.Length == 0 || !IsText(response))
            return null;
        string text = response.IsJson ? Indented(response.Text) : response.Text;
        return text.Length <= LongestBody ? text
            : text[..LongestBody] + string.Create(CultureInfo.InvariantCulture, $"\n… ({text.Length - LongestBody:N0} more characters)");
    }

    private static string Indented(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document, Pretty);
        }
        catch (JsonException)
        {
            return json; // What it is not, though its type says so.
        }
    }

    private static bool IsPicture(Response response) =>
        response.Type.StartsWith("image/", StringComparison.Ordinal) && response.Body.Length is > 0 and <= LargestPicture;

    // Where nothing is said, a zero byte tells.
    private static bool IsText(Response response) =>
        response.IsJson || response.Type.StartsWith("text/", StringComparison.Ordinal) || response.Type.EndsWith("xml", StringComparison.Ordinal)
        || response.Type is "application/javascript" or "application/x-www-form-urlencoded" or "application/yaml" or "application/x-ndjson"
        || (response.Type.Length == 0 && !response.Body.Contains((byte)0));

    private static string Headers(string title, IReadOnlyList<(string Name, string Value)> headers) => headers.Count == 0 ? ""
        : $"<details><summary>{title} ({headers.Count})</summary><table><tbody>"
            + string.Concat(headers.Select(header => $"<tr><th style=\"text-align:left\">{Encode(header.Name)}</th><td style=\"text-align:left\">{Encode(header.Value)}</td></tr>"))
            + "</tbody></table></details>";

    private static string Time(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Size(int bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} {(bytes == 1 ? "byte" : "bytes")}");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
