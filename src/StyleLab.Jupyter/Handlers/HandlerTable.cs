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
            ["kernel_info_request"] = KernelInfoHandler.HandleAsync,
            ["interrupt_request"] = InterruptAsync,
            [ShutdownHandler.RequestType] = ShutdownHandler.HandleAsync,
        };

        // Answered one after the other. Old clients ask here for the end, too.
        Shell = new Dictionary<string, Handler>
        {
            ["kernel_info_request"] = KernelInfoHandler.HandleAsync,
            ["execute_request"] = _execute.HandleAsync,
            ["inspect_request"] = new InspectHandler(session).HandleAsync,
            ["complete_request"] = complete.CompleteAsync,
            ["is_complete_request"] = complete.IsCompleteAsync,
            ["history_request"] = new HistoryHandler(history).HandleAsync,
            ["comm_info_request"] = widgets.InfoAsync,
            ["comm_open"] = widgets.OpenAsync,
            ["comm_msg"] = widgets.MessageAsync,
            ["comm_close"] = widgets.CloseAsync,
            [ShutdownHandler.RequestType] = ShutdownHandler.HandleAsync,
        };
    }

    public IReadOnlyDictionary<string, Handler> Shell { get; }

    public IReadOnlyDictionary<string, Handler> Control { get; }

    /// <summary>Stops the cell that runs, if one does.</summary>
    public void Interrupt() => _execute.Interrupt();

    private Task<JsonObject?> InterruptAsync(Request request)
    {
        Interrupt();
        return Task.FromResult<JsonObject?>(new JsonObject { ["status"] = "ok" });
    }
}
