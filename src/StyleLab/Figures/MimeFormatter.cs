namespace StyleLab.Figures;

/// <summary>Shows a T as one MIME type; null means that this type does not suit the value.</summary>
internal sealed class MimeFormatter<T>(string mimeType, Func<T, string?> write)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value || write(value) is not { } text)
            return false;
        writer.Write(text);
        return true;
    }
}
