using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running.</summary>
public sealed class KernelInvocationContext
{
    private readonly CellContext _cell;

    private KernelInvocationContext(CellContext cell) => _cell = cell;

    /// <summary>The cell the calling code belongs to; null outside of cells.</summary>
    public static KernelInvocationContext? Current =>
        CellContext.Current is { } cell ? new KernelInvocationContext(cell) : null;

    /// <summary>What runs the cell.</summary>
    public Kernel HandlingKernel => Kernel.Current;

    /// <summary>The cell's code.</summary>
    public KernelCommand Command => new SubmitCode(_cell.Code, Kernel.Current.Name);

    /// <summary>Fires when the cell is interrupted. A cell that reads it has half a second to end by itself.</summary>
    public CancellationToken CancellationToken => _cell.CooperativeCancellation;

    /// <summary>Shows a value below the cell.</summary>
    public DisplayedValue Display(object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(value, mimeTypes, _cell);

    /// <summary>Shows a text that is already content of a MIME type.</summary>
    public DisplayedValue DisplayAs(string content, string mimeType) =>
        DisplayedValue.Show(new MimeBundle { { mimeType, content } }, [], _cell);

    /// <summary>Prints text below the cell.</summary>
    public void DisplayStandardOut(string output) => _cell.Outputs.PublishFromCell(new StreamOutput("stdout", output));

    /// <summary>Prints text below the cell as an error.</summary>
    public void DisplayStandardError(string error) => _cell.Outputs.PublishFromCell(new StreamOutput("stderr", error));

    /// <summary>Shows a value below the cell.</summary>
    public void Publish(DisplayedValueProduced shown) =>
        DisplayedValue.Show(shown.FormattedValues.Count > 0 ? shown.FormattedValues : shown.Value, [], _cell);
}
