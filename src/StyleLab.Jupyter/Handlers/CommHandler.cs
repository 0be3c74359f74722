using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Handlers;

/// <summary>
/// Comms: conversations of widgets with code in the kernel. No code here listens to any target, so each comm that a
/// client opens is closed again, as the protocol asks.
/// </summary>
internal sealed class CommHandler(IopubChannel iopub)
{
    public Task<JsonObject?> InfoAsync(Request request) => Task.FromResult<JsonObject?>(
        new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() });

    public Task<JsonObject?> OpenAsync(Request request)
    {
        var content = new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() };
        iopub.Publish("comm_close", request.Header, content);
        return Nothing;
    }

    public Task<JsonObject?> MessageAsync(Request request) => Nothing;

    public Task<JsonObject?> CloseAsync(Request request) => Nothing;

    private static Task<JsonObject?> Nothing => Task.FromResult<JsonObject?>(null);
}
