using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.Messages;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Passes what clients say to the comms they say it to, widgets among them.</summary>
internal sealed class CommHandler(Comms comms, SessionWidgets widgets, IopubChannel iopub)
{
    /// <summary>Whether a request is about widgets, whose conversations go on while a cell runs.</summary>
    public bool IsOfWidgets(Request request) => request.Type switch
    {
        "comm_msg" or "comm_close" => widgets.Knows(request.Text("comm_id")),
        "comm_open" => SessionWidgets.IsTarget(request.Text("target_name")),
        "comm_info_request" => true,
        _ => false,
    };

    public JsonObject? Info(Request request)
    {
        string target = request.Text("target_name");
        var open = new JsonObject();
        foreach (var comm in comms.Open.Where(c => target.Length == 0 || c.Target == target))
            open[comm.Id] = new JsonObject { ["target_name"] = comm.Target };
        if (target.Length == 0 || target == WidgetProtocol.WidgetTarget)
        {
            foreach (string id in widgets.Conversations)
                open[id] = new JsonObject { ["target_name"] = WidgetProtocol.WidgetTarget };
        }

        return new JsonObject { ["status"] = "ok", ["comms"] = open };
    }

    public JsonObject? Open(Request request)
    {
        comms.Begin(request.Header);
        string id = request.Text("comm_id"), target = request.Text("target_name");
        if (!widgets.Accept(id, target) && !comms.Accept(id, target, Data(request)))
        {
            // The protocol asks to close at once what nobody listens to.
            iopub.Publish("comm_close", request.Header, new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
        }

        return null;
    }

    public JsonObject? Message(Request request)
    {
        string id = request.Text("comm_id");
        if (!widgets.Knows(id))
        {
            comms.Find(id)?.Receive(Data(request), request.Buffers);
            return null;
        }

        comms.Begin(request.Header);
        widgets.Receive(id, Data(request));
        return null;
    }

    public JsonObject? Close(Request request)
    {
        string id = request.Text("comm_id");
        widgets.Forget(id);
        if (comms.Find(id) is { } comm)
        {
            comms.Forget(comm);
            comm.Closed?.Invoke(Data(request));
        }

        return null;
    }

    private static JsonObject Data(Request request) => request.Content["data"]?.DeepClone() as JsonObject ?? [];
}
