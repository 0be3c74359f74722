using StyleLab.Notebooks;

// In System, so that every cell has it.
namespace System;

/// <summary>The display functions as extension methods.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value below the cell; see <see cref="DisplayFunctions.display"/>.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        DisplayFunctions.display(value, mimeTypes);

    /// <summary>Shows a text that is already content of a MIME type, such as "text/markdown" or
    /// "image/svg+xml".</summary>
    public static DisplayedValue DisplayAs(this string content, string mimeType) =>
        DisplayedValue.Show(new MimeBundle { { mimeType, content } }, [], DisplayFunctions.CurrentCell());
}
