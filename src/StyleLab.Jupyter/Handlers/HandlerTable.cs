using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.History;
using StyleLab.Jupyter.Messages;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Which handler answers which message.</summary>
internal sealed class HandlerTable
{
    private readonly ExecuteHandler _execute;

    public HandlerTable(Session session, IopubChannel iopub, StdinChannel stdin, HistoryFile history)
    {
        var comms = new Comms(iopub);
        _execute = new ExecuteHandler(session, iopub, stdin, history, comms);
        var complete = new CompleteHandler(session);
        var widgets = new CommHandler(comms, iopub);

        // Answered while a cell runs.
        Control = new Dictionary<string, Handler>
        {
            ["kernel_info_request"] = KernelInfoHandler.Handle,
            ["interrupt_request"] = Interrupt,
            [ShutdownHandler.RequestType] = ShutdownHandler.Handle,
        };

        // Answered one after the other. Old clients ask here for the end, too.
        Shell = new Dictionary<string, Handler>
        {
            ["kernel_info_request"] = KernelInfoHandler.Handle,
            ["execute_request"] = _execute.Handle,
            ["inspect_request"] = new InspectHandler(session).Handle,
            ["complete_request"] = complete.Complete,
            ["is_complete_request"] = complete.IsComplete,
            ["history_request"] = new HistoryHandler(history).Handle,
            ["comm_info_request"] = widgets.Info,
            ["comm_open"] = widgets.Open,
            ["comm_msg"] = widgets.Message,
            ["comm_close"] = widgets.Close,
            [ShutdownHandler.RequestType] = ShutdownHandler.Handle,
        };
    }

    public IReadOnlyDictionary<string, Handler> Shell { get; }

    public IReadOnlyDictionary<string, Handler> Control { get; }

    /// <summary>Stops the cell that runs, if one does.</summary>
    public void Interrupt() => _execute.Interrupt();

    private JsonObject? Interrupt(Request request)
    {
        Interrupt();
        return new JsonObject { ["status"] = "ok" };
    }
}
