namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Where a formatter writes to.</summary>
public sealed class FormatContext(TextWriter writer)
{
    public TextWriter Writer { get; } = writer;
}

/// <summary>Writes a value.</summary>
/// <returns>False if it does not handle this value; then the next formatter is tried.</returns>
public delegate bool FormatDelegate<in T>(T value, FormatContext context);
