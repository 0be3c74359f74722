using System.Collections;
using System.ComponentModel;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>What is called in place of methods of charts that would open a browser where the kernel runs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NotebookDisplay
{
    /// <summary>Shows a chart, or several, below the cell.</summary>
    public static void Show(object shown)
    {
        foreach (object? chart in shown as IEnumerable ?? new[] { shown })
            DisplayedValue.Show(chart, [], CellContext.Required);
    }
}
