using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>Tells the subscribers of <see cref="Kernel.KernelEvents"/> how a cell goes.</summary>
internal static class CellEvents
{
    /// <summary>A cell begins.</summary>
    public static void Begin(CellContext cell, string code, IKernelValues values)
    {
        var kernels = cell.Items.Of<SessionKernels>();
        kernels.Values = values;
        cell.Outputs.Listener = output =>
        {
            if (kernels.Events.IsHeard && Of(output, KernelInvocationContext.CommandOf(cell)) is { } happened)
                kernels.Events.Publish(happened);
        };
        kernels.Events.Publish(new CodeSubmissionReceived(new SubmitCode(code)));
    }

    /// <summary>A cell has ended.</summary>
    public static void End(CellContext cell, string code, ErrorOutput? error)
    {
        var command = new SubmitCode(code);
        cell.Items.Of<SessionKernels>().Events.Publish(error == null ? new CommandSucceeded(command) : new CommandFailed(null, command, error.Message));
    }

    // What is shown is told by whoever shows it, with the value.
    private static KernelEvent? Of(Output output, KernelCommand command) => output switch
    {
        StreamOutput { Name: "stdout" } printed => new StandardOutputValueProduced(command, [new FormattedValue(MimeTypes.PlainText, printed.Text)]),
        StreamOutput printed => new StandardErrorValueProduced(command, [new FormattedValue(MimeTypes.PlainText, printed.Text)]),
        ErrorOutput error => new ErrorProduced(error.Message, command),
        _ => null,
    };
}
