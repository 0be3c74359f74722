namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Turns values of a type into content of one MIME type.</summary>
public interface ITypeFormatter
{
    string MimeType { get; }

    /// <summary>Values of this type, and of types derived from it.</summary>
    Type Type { get; }

    /// <summary>Writes a value.</summary>
    /// <returns>False if it does not handle this value; then the next formatter is tried.</returns>
    bool Format(object instance, FormatContext context);
}

/// <summary>Makes the formatters of a type; named by a <see cref="TypeFormatterSourceAttribute"/>.</summary>
public interface ITypeFormatterSource
{
    IEnumerable<ITypeFormatter> CreateTypeFormatters();
}

/// <summary>Says that a type brings its own formatters.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with an empty constructor and <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Only these types are shown; all if empty.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
