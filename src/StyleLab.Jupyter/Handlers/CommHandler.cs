using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Passes what clients say to the comms they say it to.</summary>
internal sealed class CommHandler(Comms comms, IopubChannel iopub)
{
    public JsonObject? Info(Request request)
    {
        string target = request.Text("target_name");
        var open = new JsonObject();
        foreach (var comm in comms.Open.Where(c => target.Length == 0 || c.Target == target))
            open[comm.Id] = new JsonObject { ["target_name"] = comm.Target };
        return new JsonObject { ["status"] = "ok", ["comms"] = open };
    }

    public JsonObject? Open(Request request)
    {
        string id = request.Text("comm_id");
        if (!comms.Accept(id, request.Text("target_name"), Data(request)))
        {
            // The protocol asks to close at once what nobody listens to.
            iopub.Publish("comm_close", request.Header, new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
        }

        return null;
    }

    public JsonObject? Message(Request request)
    {
        comms.Find(request.Text("comm_id"))?.Receive(Data(request), request.Buffers);
        return null;
    }

    public JsonObject? Close(Request request)
    {
        if (comms.Find(request.Text("comm_id")) is { } comm)
        {
            comms.Forget(comm);
            comm.Closed?.Invoke(Data(request));
        }

        return null;
    }

    private static JsonObject Data(Request request) => request.Content["data"]?.DeepClone() as JsonObject ?? [];
}
