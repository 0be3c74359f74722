using System.Collections;
using System.Globalization;

namespace StyleLab.Notebooks;

/// <summary>Data frames of Microsoft.Data.Analysis, as tables.</summary>
internal static class DataFrames
{
    public static MimeBundle Show(object frame)
    {
        var columns = ((IEnumerable)Members.Get(frame, "Columns")!).Cast<object>().ToList();
        long count = Convert.ToInt64(Members.Get(Members.Get(frame, "Rows")!, "Count"), CultureInfo.InvariantCulture);
        var values = columns.Select(column => ((IEnumerable)column).Cast<object?>().Take(TablePreview.MostRows).ToList()).ToList();
        int shown = values.Count == 0 ? 0 : values.Min(column => column.Count);
        return new TablePreview(
            [.. columns.Select(column => (string)Members.Get(column, "Name")!)],
            [.. Enumerable.Range(0, shown).Select(row => values.Select(column => column[row]).ToList())],
            count).ToBundle();
    }
}
