using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Turns values into what a notebook can show, and lets notebooks say how. Settings are those of the whole
/// process.</summary>
public static class Formatter
{
    private const int LongestText = 200_000;

    private static readonly ConditionalWeakTable<Type, HtmlWriter> HtmlOfOthers = [];

    /// <summary>The type that values are shown in where nothing else is said.</summary>
    public static string DefaultMimeType { get; set; } = MimeTypes.Html;

    /// <summary>How many items of a sequence are shown.</summary>
    public static int ListExpansionLimit { get; set; } = ValueShape.DefaultMaxItems;

    /// <summary>How deep values inside values are shown.</summary>
    public static int RecursionLimit { get; set; } = ValueShape.DefaultMaxDepth;

    /// <summary>How null is shown.</summary>
    public static string NullString { get; set; } = PlainText.DefaultNull;

    /// <summary>Shows values of a type, and of types derived from it, as this text.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = MimeTypes.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => Written(context, formatter((T)value)));

    /// <summary>Shows values of a type, and of types derived from it, as what is written.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = MimeTypes.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => Done(() => formatter((T)value, context.Writer)));

    /// <summary>Shows values of a type, and of types derived from it, as what is written; a formatter that returns
    /// false leaves the value to the others.</summary>
    public static void Register<T>(FormatDelegate<T> formatter, string mimeType = MimeTypes.PlainText) =>
        Add(typeof(T), mimeType, (value, context) => formatter((T)value, context));

    /// <summary>Shows values of a type as what is written; a generic type without arguments, such as
    /// <c>typeof(List&lt;&gt;)</c>, means all of them.</summary>
    public static void Register(
        Type type, Action<object, TextWriter> formatter, string mimeType = MimeTypes.PlainText) =>
        Add(type, mimeType, (value, context) => Done(() => formatter(value, context.Writer)));

    /// <summary>Adds a formatter.</summary>
    public static void Register(ITypeFormatter formatter) =>
        Add(formatter.Type, formatter.MimeType, formatter.Format);

    /// <summary>Shows values of a type in these MIME types only.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes) =>
        RegisteredFormatters.SetPreferred(type, preferredMimeTypes);

    /// <summary>Shows values of a type in this MIME type only.</summary>
    public static void SetPreferredMimeTypeFor(Type type, string preferredMimeType) =>
        SetPreferredMimeTypesFor(type, preferredMimeType);

    /// <summary>The MIME types that were set for a type or one it derives from; otherwise the default.</summary>
    public static IReadOnlyCollection<string> GetPreferredMimeTypesFor(Type? type) =>
        type != null && RegisteredFormatters.Preferred(type) is { Length: > 0 } preferred
            ? preferred
            : [type == typeof(string) ? MimeTypes.PlainText : DefaultMimeType];

    /// <summary>Forgets all that was registered and set.</summary>
    public static void ResetToDefault()
    {
        RegisteredFormatters.Clear();
        DefaultMimeType = MimeTypes.Html;
        ListExpansionLimit = ValueShape.DefaultMaxItems;
        RecursionLimit = ValueShape.DefaultMaxDepth;
        NullString = PlainText.DefaultNull;
    }

    /// <summary>The value as a cell would show it, in one MIME type.</summary>
    public static string ToDisplayString(this object? value, string mimeType = MimeTypes.PlainText)
    {
        var content = ValueFormatting.Format(value);
        return content[mimeType] ?? content[MimeTypes.PlainText] ?? "";
    }

    /// <summary>The value as this formatter shows it.</summary>
    public static string ToDisplayString(this object value, ITypeFormatter formatter)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(value, new FormatContext(writer));
        return writer.ToString();
    }

    /// <summary>
    /// Formats a value: as was registered for its type, as its type asks for by the <c>TypeFormatterSource</c>
    /// convention, otherwise as text, and as a table where it has parts. A formatter that throws leaves a note instead
    /// of its content.
    /// </summary>
    /// <param name="value">Anything, null too.</param>
    /// <param name="mimeTypes">Only these types, if the value has any of them; all if empty.</param>
    public static MimeBundle Format(object? value, IReadOnlyCollection<string>? mimeTypes = null)
    {
        // Asked for as a string it is whole; a notebook is no place for a file.
        if (value is string text)
            value = Room.Shortened(text, LongestText);
        var content = ValueFormatting.Format(value);
        if (mimeTypes is not { Count: > 0 } && value != null)
            mimeTypes = RegisteredFormatters.Preferred(value.GetType());
        return content.Only(mimeTypes ?? []);
    }

    /// <summary>A value that is HTML as it stands; null if it is something else.</summary>
    internal static string? Html(object? value)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        if (value is IHtmlContent html)
            html.WriteTo(writer, HtmlEncoder.Default);
        else if (value == null || HtmlOfOthers.GetValue(value.GetType(), FindHtml).Write is not { } write)
            return null;
        else
            write.Invoke(value, [writer, HtmlEncoder.Default]);
        return writer.ToString();
    }

    // A library may have been compiled against the interface of ASP.NET, which a package brought.
    private static HtmlWriter FindHtml(Type type) =>
        new(type.GetInterfaces().FirstOrDefault(implemented => implemented.FullName == typeof(IHtmlContent).FullName)?.GetMethod(nameof(IHtmlContent.WriteTo)));

    private static void Add(Type type, string mimeType, FormatDelegate<object> format) =>
        RegisteredFormatters.Add(new RegisteredFormatter(type, mimeType, format, ExtensionFormatters.AreRegistered));

    private static bool Written(FormatContext context, string text) => Done(() => context.Writer.Write(text));

    private static bool Done(Action action)
    {
        action();
        return true;
    }

    private sealed record HtmlWriter(MethodInfo? Write);
}
