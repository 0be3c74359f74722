using System.Collections;
using System.Globalization;

namespace StyleLab.Notebooks;

/// <summary>Data views of ML.NET, as tables of their first rows; no more than these are read.</summary>
internal static class DataViews
{
    private const int MostNumbers = 6;

    public static MimeBundle Show(object view)
    {
        var preview = Members.CallStatic(DebuggerExtensions(view), "Preview", view, TablePreview.MostRows)!;
        var names = ((IEnumerable)Members.Get(preview, "Schema")!).Cast<object>().Select(column => (string)Members.Get(column, "Name")!).ToList();
        var rows = ((IEnumerable)Members.Get(preview, "RowView")!).Cast<object>()
            .Select(row => ((IEnumerable)Members.Get(row, "Values")!).Cast<object>().Select(pair => Cell(Members.Get(pair, "Value"))).ToList()).ToList();
        long? count = Members.Call(view, "GetRowCount") is { } known ? Convert.ToInt64(known, CultureInfo.InvariantCulture) : null;
        return new TablePreview(names, rows, count).ToBundle();
    }

    // The view itself may be of any assembly; its schema is of the one that knows previews.
    private static Type DebuggerExtensions(object view) =>
        System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(Members.Get(view, "Schema")!.GetType().Assembly)!
            .LoadFromAssemblyName(new("Microsoft.ML.Data")).GetType("Microsoft.ML.DebuggerExtensions", throwOnError: true)!;

    private static object? Cell(object? value) =>
        value != null && value.GetType().Name == "VBuffer`1" ? Vector(value) : value;

    private static string Vector(object vector)
    {
        var first = ((IEnumerable)Members.Call(vector, "DenseValues")!).Cast<object?>().Take(MostNumbers + 1).ToList();
        int length = (int)Members.Get(vector, "Length")!;
        string shown = string.Join(", ", first.Take(MostNumbers).Select(number => PlainText.Of(number)));
        return length <= MostNumbers ? $"[{shown}]" : string.Create(CultureInfo.InvariantCulture, $"[{shown}, … ({length - MostNumbers:N0} more)]");
    }
}
