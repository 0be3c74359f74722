namespace StyleLab.Notebooks;

/// <summary>Something that has been shown and can be changed in place.</summary>
public sealed class DisplayedValue
{
    private readonly IReadOnlyCollection<string> _mimeTypes;
    private readonly CellContext _cell;

    private DisplayedValue(IReadOnlyCollection<string> mimeTypes, CellContext cell)
    {
        _mimeTypes = mimeTypes;
        _cell = cell;
    }

    /// <summary>The name of this display in the Jupyter protocol.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows another value in the place of this one.</summary>
    public void Update(object? value) =>
        (CellContext.Current ?? _cell).Outputs.PublishFromCell(new UpdateDisplayOutput(Format(value), DisplayId));

    internal static DisplayedValue Show(object? value, IReadOnlyCollection<string> mimeTypes, CellContext cell)
    {
        var displayed = new DisplayedValue(mimeTypes, cell);
        if (value != null && ObservableValue.IsObservable(value))
            cell.LiveDisplays.Start(value, displayed);
        else
            displayed.ShowFirst(displayed.Format(value));
        return displayed;
    }

    /// <summary>Shows the value of a cell's last expression.</summary>
    internal static void ShowResult(object? value, CellContext cell)
    {
        if (value is DisplayedValue)
            return;
        if (value != null && ObservableValue.IsObservable(value))
            Show(value, [], cell);
        else
            cell.Outputs.PublishFromCell(new ResultOutput(Formatter.Format(value), cell.ExecutionCount));
    }

    internal void ShowFirst(MimeBundle content) =>
        _cell.Outputs.PublishFromCell(new DisplayOutput(content, DisplayId));

    internal MimeBundle Format(object? value) => Formatter.Format(value, _mimeTypes);

    /// <summary>An update on behalf of the cell that made the display.</summary>
    internal void Update(MimeBundle content) => _cell.Outputs.Publish(new UpdateDisplayOutput(content, DisplayId));

    internal Task FlushAsync() => _cell.Outputs.FlushAsync();
}
