using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>An output in one of its types.</summary>
/// <param name="MimeType">The type.</param>
/// <param name="Text">The content: text, or base64 where the type is a picture other than SVG.</param>
internal sealed record OutputContent(string MimeType, string Text)
{
    private static readonly string[] Pictures = [MimeTypes.Svg, MimeTypes.Gif, MimeTypes.Png, MimeTypes.Jpeg];

    public bool IsPicture => Pictures.Contains(MimeType);

    /// <summary>Whether there is a picture among an output's types: that of a chart needs no script.</summary>
    public static bool HasPicture(JsonObject data) => Pictures.Any(type => data[type] != null);

    /// <summary>The richest type that needs neither network nor scripts of others; null if there is none.</summary>
    /// <param name="data">The output's data by type.</param>
    /// <param name="preferPictures">Whether a picture is better than HTML: some readers take styles out of HTML, and scripts, without
    /// which a chart is nothing.</param>
    public static OutputContent? Richest(JsonObject data, bool preferPictures = false)
    {
        string[] types = preferPictures ? [.. Pictures, .. data.ContainsKey(MimeTypes.Plotly) ? (string[])[] : [MimeTypes.Html]] : [MimeTypes.Html, .. Pictures];
        foreach (string type in (IEnumerable<string>)[.. types, MimeTypes.Markdown, MimeTypes.Latex, MimeTypes.PlainText])
        {
            if (data[type] is not { } node)
                continue;
            string text = MultilineText.Read(node);
            if (type == MimeTypes.Svg || !Pictures.Contains(type))
                return new(type, type == MimeTypes.Latex ? Delimited(text) : text);
            // A picture that cannot be read is passed over for what is beside it.
            text = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
            if (text.Length > 0 && Base64.IsValid(text))
                return new(type, text);
        }

        if (data[MimeTypes.Json] is { } json)
            return new(MimeTypes.PlainText, NotebookJson.Write(json));
        return Pictures.FirstOrDefault(data.ContainsKey) is { } picture ? new(MimeTypes.PlainText, $"({picture} that cannot be read: it is no base64)") : null;
    }

    /// <summary>The lines of an error, without their colours.</summary>
    public static string ErrorText(JsonObject output)
    {
        var lines = output["traceback"] is JsonArray { Count: > 0 } traceback
            ? traceback.Select(MultilineText.Read)
            : [$"{MultilineText.Read(output["ename"])}: {MultilineText.Read(output["evalue"])}"];
        return Plain(string.Join("\n", lines));
    }

    // Front ends take an environment alone for a formula.
    private static string Delimited(string latex) =>
        latex.TrimStart().StartsWith("\\begin{", StringComparison.Ordinal) ? $"$${latex.Trim()}$$" : latex;

    /// <summary>Text as it stands at the end: without colours and overwritten lines.</summary>
    public static string Plain(string text) => TerminalText.Plain(text).TrimEnd('\n');
}
