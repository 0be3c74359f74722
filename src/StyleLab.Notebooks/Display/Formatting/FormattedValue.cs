namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Content of one MIME type, ready to be shown. A cell whose value is one, or a sequence of them, shows it as
/// it is.</summary>
public sealed class FormattedValue(string mimeType, string value)
{
    public string MimeType { get; } = mimeType;

    public string Value { get; } = value;

    /// <summary>Show nothing.</summary>
    public bool SuppressDisplay { get; set; }
}
