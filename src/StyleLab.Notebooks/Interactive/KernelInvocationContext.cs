using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running.</summary>
public sealed class KernelInvocationContext
{
    private static readonly AsyncLocal<KernelCommand?> Sent = new();

    private readonly CellContext _cell;

    private KernelInvocationContext(CellContext cell) => _cell = cell;

    /// <summary>The cell the calling code belongs to; null outside of cells.</summary>
    public static KernelInvocationContext? Current =>
        CellContext.Current is { } cell ? new KernelInvocationContext(cell) : null;

    /// <summary>What runs the cell.</summary>
    public Kernel HandlingKernel => Kernel.Current;

    /// <summary>The cell's code, or the command that is carried out for it.</summary>
    public KernelCommand Command => CommandOf(_cell);

    /// <summary>What happens in this notebook from now on.</summary>
    public KernelEventStream<KernelEvent> KernelEvents => Events.Stream;

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

    /// <summary>Shows or prints what an event holds, and tells everybody else of it.</summary>
    public void Publish(KernelEvent happened)
    {
        switch (happened)
        {
            case ReturnValueProduced shown:
                DisplayedValue.ShowResult(ContentOf(shown), _cell);
                break;
            case DisplayedValueProduced shown:
                DisplayedValue.Show(ContentOf(shown), [], _cell);
                break;
            case StandardOutputValueProduced printed:
                DisplayStandardOut(TextOf(printed));
                break;
            case StandardErrorValueProduced printed:
                DisplayStandardError(TextOf(printed));
                break;
            case ErrorProduced error:
                DisplayStandardError(error.Message + "\n");
                break;
            default:
                Events.Publish(happened);
                break;
        }
    }

    /// <summary>Carries out a command for a cell: by its own handler, by the kernel it is sent to, or as the kernel knows.</summary>
    /// <returns>How that went.</returns>
    internal static async Task<KernelEvent> CarryOutAsync(KernelCommand command, CellContext cell)
    {
        var before = Sent.Value;
        Sent.Value = command;
        try
        {
            var handler = command.Handler ?? cell.Items.Of<SessionKernels>().HandlerOf(command);
            await (handler == null ? command.RunAsync(cell) : handler(command, new KernelInvocationContext(cell)));
            return new CommandSucceeded(command);
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !cell.Cancellation.IsCancellationRequested)
        {
            var error = Described(failed);
            cell.Outputs.PublishFromCell(new StreamOutput("stderr", string.Join('\n', error.Traceback) + "\n"));
            return new CommandFailed(failed, command, error.Message);
        }
        finally
        {
            Sent.Value = before;
        }
    }

    private static ErrorOutput Described(Exception failed) => failed switch
    {
        IDescribedProblem problem => problem.ToOutput(),
        NotebookException => new ErrorOutput(ErrorOutput.CellError, failed.Message, [failed.Message]),
        _ => Traceback.Describe(failed),
    };

    internal static KernelCommand CommandOf(CellContext cell) => Sent.Value ?? new SubmitCode(cell.Code, Kernel.Current.Name);

    private KernelEventSource Events => _cell.Items.Of<SessionKernels>().Events;

    private static object? ContentOf(DisplayEvent shown) => shown.FormattedValues.Count > 0 ? shown.FormattedValues : shown.Value;

    private static string TextOf(DisplayEvent printed) =>
        printed.FormattedValues.FirstOrDefault()?.Value ?? printed.Value?.ToString() ?? "";
}
