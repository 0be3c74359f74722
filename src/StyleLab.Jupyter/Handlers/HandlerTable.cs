using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.History;
using StyleLab.Jupyter.Messages;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Which handler answers which message.</summary>
internal sealed class HandlerTable
{
    private readonly Session _session;
    private readonly ExecuteHandler _execute;
    private readonly UnfinishedCell? _unfinished;
    private readonly CommHandler _talk;
    private volatile bool _isOver;

    public HandlerTable(Session session, IopubChannel iopub, StdinChannel stdin, HistoryFile history, UnfinishedCell? unfinished)
    {
        _session = session;
        _unfinished = unfinished;
        var comms = new Comms(iopub);
        _execute = new ExecuteHandler(session, iopub, stdin, history, comms, unfinished);
        var complete = new CompleteHandler(session);
        session.Widgets.FrontEnd = comms;
        _talk = new CommHandler(comms, session.Widgets, iopub);

        // Answered while a cell runs.
        Control = new Dictionary<string, Handler>
        {
            ["kernel_info_request"] = KernelInfoHandler.Handle,
            ["interrupt_request"] = Interrupt,
            ["shutdown_request"] = ShutDown,
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
            ["comm_info_request"] = _talk.Info,
            ["comm_open"] = _talk.Open,
            ["comm_msg"] = _talk.Message,
            ["comm_close"] = _talk.Close,
            ["shutdown_request"] = ShutDown,
        };
    }

    public IReadOnlyDictionary<string, Handler> Shell { get; }

    public IReadOnlyDictionary<string, Handler> Control { get; }

    /// <summary>Whether the kernel is to end. It does when the reply is on its way; a restart is then up to the client.</summary>
    public bool IsOver => _isOver;

    /// <summary>Whether a request of the shell does not wait for those before it: what is said to widgets, while cells run or wait.</summary>
    public bool GoesAside(Request request)
    {
        if (request.Type == "execute_request")
            _execute.Expect();
        return _execute.IsExpected && _talk.IsOfWidgets(request);
    }

    /// <summary>Stops the cell that runs, if one does, and what widgets have started.</summary>
    public void Interrupt()
    {
        _execute.Interrupt();
        _session.Widgets.Interrupt();
    }

    // A cell that does not stop leaves only a restart. Jupyter does that by itself for a kernel that ends.
    private JsonObject? Interrupt(Request request)
    {
        if (_session.IsStuck)
        {
            _isOver = true;
            _unfinished?.End();
        }

        Interrupt();
        return new JsonObject { ["status"] = "ok" };
    }

    private JsonObject? ShutDown(Request request)
    {
        _isOver = true;
        _unfinished?.End();
        return new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart", false) };
    }
}
