using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Something that has been shown and can be changed in place.</summary>
public sealed class DisplayedValue : ILivePlace
{
    private readonly IReadOnlyCollection<string> _mimeTypes;
    private readonly CellContext _cell;
    private MimeBundle _content = [];

    private DisplayedValue(object? value, IReadOnlyCollection<string> mimeTypes, CellContext cell)
    {
        Value = value;
        _mimeTypes = mimeTypes;
        _cell = cell;
    }

    /// <summary>The name of this display in the Jupyter protocol.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What is shown.</summary>
    public object? Value { get; private set; }

    /// <summary>Whether something else has been shown in place of the first value.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>What is shown, in every MIME type it was formatted in.</summary>
    public IReadOnlyCollection<FormattedValue> FormattedValues =>
        [.. _content.Select(part => new FormattedValue(part.Key, part.Value))];

    /// <summary>Shows another value in the place of this one.</summary>
    public void Update(object? updatedValue)
    {
        (Value, IsUpdated) = (updatedValue, true);
        _content = Format(updatedValue);
        (CellContext.Current ?? _cell).Outputs.PublishFromCell(new UpdateDisplayOutput(_content, DisplayId));
        Tell(_cell, command => new DisplayedValueUpdated(Value, DisplayId, command, FormattedValues));
    }

    internal static DisplayedValue Show(object? value, IReadOnlyCollection<string> mimeTypes, CellContext cell)
    {
        var displayed = new DisplayedValue(value, mimeTypes, cell);
        if (value != null && ObservableValue.IsObservable(value))
            cell.LiveDisplays.Start(value, displayed, cell);
        else
            displayed.ShowFirst(displayed.Format(value));
        (value as IShownValue)?.ShownAt(displayed, cell);
        return displayed;
    }

    /// <summary>Shows the value of a cell's last expression.</summary>
    internal static void ShowResult(object? value, CellContext cell)
    {
        if (value is DisplayedValue)
            return;
        if (value is IShownValue || (value != null && ObservableValue.IsObservable(value)))
            Show(value, [], cell);
        else if (Formatter.Format(value) is { Count: > 0 } content)
        {
            cell.Outputs.PublishFromCell(new ResultOutput(content, cell.ExecutionCount));
            Tell(cell, command => new ReturnValueProduced(value, command, [.. content.Select(part => new FormattedValue(part.Key, part.Value))]));
        }
    }

    /// <summary>An update on behalf of the cell that made the display.</summary>
    internal void Update(MimeBundle content) => _cell.Outputs.Publish(new UpdateDisplayOutput(content, DisplayId));

    MimeBundle ILivePlace.Format(object? value) => Format(value);

    void ILivePlace.ShowFirst(MimeBundle content) => ShowFirst(content);

    void ILivePlace.Update(MimeBundle content) => Update(content);

    Task ILivePlace.FlushAsync() => _cell.Outputs.FlushAsync();

    private void ShowFirst(MimeBundle content)
    {
        _content = content;
        if (content.Count == 0)
            return;
        _cell.Outputs.PublishFromCell(new DisplayOutput(content, DisplayId));
        Tell(_cell, command => new DisplayedValueProduced(Value, command, FormattedValues, DisplayId));
    }

    private static void Tell(CellContext cell, Func<KernelCommand, KernelEvent> happened)
    {
        var events = cell.Items.Of<SessionKernels>().Events;
        if (events.IsHeard)
            events.Publish(happened(KernelInvocationContext.CommandOf(cell)));
    }

    private MimeBundle Format(object? value) => Formatter.Format(value, _mimeTypes);
}
