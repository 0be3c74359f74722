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
}
