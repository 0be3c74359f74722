namespace StyleLab.Figures;

/// <summary>
/// Tells a notebook how to show a type. The notebook finds the attribute by its name, so that this library needs
/// no reference to it: the formatter source has a constructor without parameters and a public CreateTypeFormatters(),
/// whose formatters have a public MimeType and a public Format(object, TextWriter).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>
    /// The types that go into the notebook together, beside text/plain. Every value has all of these: .NET Interactive writes an empty
    /// one where a formatter has nothing to say.
    /// </summary>
    public string[]? PreferredMimeTypes { get; set; }

    /// <summary>
    /// Types that some values have, which our own kernel shows beside these, and a JPEG in place of a PNG. .NET Interactive does not know of them.
    /// </summary>
    public string[]? OptionalMimeTypes { get; set; }
}
