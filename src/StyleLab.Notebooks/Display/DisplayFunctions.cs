namespace StyleLab.Notebooks;

/// <summary>What every cell can call without a <c>using</c>.</summary>
public static class DisplayFunctions
{
#pragma warning disable IDE1006 // The names notebooks know.
    /// <summary>
    /// Shows a value below the cell. A value that is an <see cref="IObservable{T}"/> is live: the latest value it
    /// pushed is shown, in place, as long as it pushes.
    /// </summary>
    /// <param name="value">Anything; null is shown as such.</param>
    /// <param name="mimeTypes">Only these types, where the value can be shown in them; by default all.</param>
    /// <returns>A handle to show something else in the same place later.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(value, mimeTypes, CurrentCell());

    /// <summary>Marks a text as HTML.</summary>
    public static HtmlContent HTML(string content) => new(content);

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output arrives, so that nothing flickers.</param>
    public static void clear_output(bool wait = false) => CurrentCell().Outputs.PublishFromCell(new ClearOutput(wait));
#pragma warning restore IDE1006

    internal static CellContext CurrentCell() =>
        CellContext.Current ?? throw new NotebookException("Only code of a notebook cell can display something.");
}
