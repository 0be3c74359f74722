using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Where code that was compiled against .NET Interactive finds these methods of <see cref="KernelInvocationContext"/>.</summary>
public static class KernelInvocationContextExtensions
{
    /// <summary>Shows a value below the cell.</summary>
    public static DisplayedValue Display(this KernelInvocationContext context, object? value, params string[] mimeTypes) =>
        context.Display(value, mimeTypes);

    /// <summary>Shows a text that is already content of a MIME type.</summary>
    public static DisplayedValue DisplayAs(this KernelInvocationContext context, string value, string mimeType) =>
        context.DisplayAs(value, mimeType);
}
