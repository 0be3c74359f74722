using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The MIME type of HTML, under the name notebooks use.</summary>
public static class HtmlFormatter
{
    public const string MimeType = MimeTypes.Html;
}

/// <summary>The MIME type of text, under the name notebooks use.</summary>
public static class PlainTextFormatter
{
    public const string MimeType = MimeTypes.PlainText;
}

/// <summary>The MIME type of JSON, under the name notebooks use.</summary>
public static class JsonFormatter
{
    public const string MimeType = MimeTypes.Json;
}

/// <summary>The MIME type of comma-separated values, under the name notebooks use.</summary>
public static class CsvFormatter
{
    public const string MimeType = "text/csv";
}
