using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// What extensions of packages registered, with us or with the .NET Interactive that they brought. Asked last: what the notebook
/// registered comes first, then what a type says of itself, then what is known of it here.
/// </summary>
internal static class ExtensionFormatters
{
    private static readonly AsyncLocal<bool> Ambient = new();
    private static volatile BroughtFormatter[] s_brought = [];

    /// <summary>Whether the calling code is an extension that is being loaded.</summary>
    public static bool AreRegistered => Ambient.Value;

    /// <summary>Until it is disposed of, what is registered is an extension's.</summary>
    public static IDisposable Registering()
    {
        Ambient.Value = true;
        return new End();
    }

    /// <summary>Asks also the class <c>Formatter</c> of another .NET Interactive.</summary>
    public static void Add(Type formatter) => s_brought = [.. s_brought, new BroughtFormatter(formatter)];

    /// <summary>The value as an extension shows it; null if none does.</summary>
    public static MimeBundle? Format(object value) =>
        RegisteredFormatters.Format(value, RegisteredFormatters.OfExtensionsFor(value.GetType()))
        ?? s_brought.Select(formatter => formatter.Format(value)).FirstOrDefault(content => content != null);

    /// <summary>Whether an extension has registered something for the value's type.</summary>
    public static bool Know(object value) =>
        RegisteredFormatters.OfExtensionsFor(value.GetType()).Count > 0
        || Array.Exists(s_brought, formatter => formatter.MimeTypesFor(value.GetType()).Count > 0);

    private sealed class End : IDisposable
    {
        public void Dispose() => Ambient.Value = false;
    }
}
