using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Settings for values of one type.</summary>
public static class Formatter<T>
{
    /// <summary>How many items of a sequence of this type are shown.</summary>
    public static int ListExpansionLimit
    {
        get => RegisteredFormatters.ListLimit(typeof(T));
        set => RegisteredFormatters.SetListLimit(typeof(T), value);
    }

    /// <summary>Shows values of this type as this text; see <see cref="Formatter"/>.</summary>
    public static void Register(Func<T, string> formatter, string mimeType = MimeTypes.PlainText) => Formatter.Register(formatter, mimeType);

    /// <summary>Shows values of this type as what is written; see <see cref="Formatter"/>.</summary>
    public static void Register(Action<T, TextWriter> formatter, string mimeType = MimeTypes.PlainText) => Formatter.Register(formatter, mimeType);
}
