namespace StyleLab;

/// <summary>
/// Says which class formats a type for display in notebooks. Hosts find it by its simple name and call
/// <c>CreateTypeFormatters()</c> of the class it names, so the library needs no reference to any of them.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[]? PreferredMimeTypes { get; set; }
}
