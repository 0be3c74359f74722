using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Handlers;

/// <summary>
/// Handles the requests of one channel, one after the other. The only place that says "busy" and "idle": clients wait
/// for the idle that belongs to their request.
/// </summary>
/// <param name="channel">Where replies go to.</param>
/// <param name="requests">Where requests come from.</param>
/// <param name="iopub">Where the state goes.</param>
/// <param name="handlers">What answers which request.</param>
/// <param name="isOver">Whether the kernel is to end, asked after every request.</param>
/// <param name="beside">The loop beside whose requests these are handled, if there is one: while that is busy, so is the kernel.</param>
internal sealed class RequestLoop(
    RequestChannel channel, IEnumerable<Request> requests, IopubChannel iopub, IReadOnlyDictionary<string, Handler> handlers, Func<bool> isOver,
    RequestLoop? beside = null)
{
    private static readonly TimeSpan SubscriptionTime = TimeSpan.FromMilliseconds(200);
    private readonly HashSet<string> _knownClients = [];
    private readonly Lock _saying = new();
    private Request? _current;

    /// <summary>Runs until the channel is closed or the kernel is to end.</summary>
    public void Run()
    {
        foreach (var request in requests)
        {
            LetClientSubscribe(request);
            SayBusy(request);
            if (Answer(request) is { } reply && request.ReplyType != null)
                channel.Reply(request, reply);
            SayIdle(request);
            beside?.SayAgain();
            if (isOver())
                return;
        }
    }

    private void SayBusy(Request request)
    {
        lock (_saying)
        {
            _current = request;
            iopub.PublishStatus("busy", request.Header);
        }
    }

    private void SayIdle(Request request)
    {
        lock (_saying)
        {
            _current = null;
            iopub.PublishStatus("idle", request.Header);
        }
    }

    // Front ends show the state that was said last, whichever request it belongs to.
    private void SayAgain()
    {
        lock (_saying)
        {
            if (_current is { } request)
                iopub.PublishStatus("busy", request.Header);
        }
    }

    // Some clients ask before their subscription to iopub is in, and would then wait for an idle they missed.
    private void LetClientSubscribe(Request request)
    {
        if (_knownClients.Add(Convert.ToHexString(request.Identities[0])))
            iopub.Socket.WaitForSubscribers(channel.Socket.PeerCount, SubscriptionTime);
    }

    // Unknown messages are only for newer kernels: nothing happens, and the client still sees busy and idle.
    private JsonObject? Answer(Request request)
    {
        if (!handlers.TryGetValue(request.Type, out var handle))
            return null;
        try
        {
            return handle(request);
        }
        catch (Exception failed)
        {
            var error = new JsonObject
            {
                ["ename"] = failed.GetType().Name,
                ["evalue"] = failed.Message,
                ["traceback"] = new JsonArray($"{failed.GetType().Name}: {failed.Message}"),
            };
            if (request.ReplyType == null)
                iopub.Publish("error", request.Header, (JsonObject)error.DeepClone());
            error["status"] = "error";
            return error;
        }
    }
}
