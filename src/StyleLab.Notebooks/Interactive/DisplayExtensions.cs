using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

// In System, so that every cell has it.
namespace System;

/// <summary>The display functions as extension methods.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value below the cell; see <see cref="Kernel.display"/>.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        Kernel.display(value, mimeTypes);

    /// <summary>Shows a text that is already content of a MIME type, such as "text/markdown" or
    /// "image/svg+xml".</summary>
    public static DisplayedValue DisplayAs(this string content, string mimeType) =>
        DisplayedValue.Show(new MimeBundle { { mimeType, content } }, [], CellContext.Required);

    /// <summary>Goes through the items and shows in a bar how far it is.</summary>
    public static IEnumerable<T> WithProgress<T>(this IReadOnlyCollection<T> items, string title = "")
    {
        var bar = new ProgressBar(items.Count, title);
        bar.Display();
        foreach (var item in items)
        {
            yield return item;
            bar.Advance();
        }
    }

    /// <summary>Shows a sequence as a table with a row for each item, whatever formatters its type has.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> items, params string[] mimeTypes)
    {
        var content = new MimeBundle { { MimeTypes.Html, HtmlTable.OfItems(items) } };
        content.Add(MimeTypes.PlainText, PlainText.Of(items));
        return DisplayedValue.Show(content.Only(mimeTypes), [], CellContext.Required);
    }
}
