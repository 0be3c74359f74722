using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Jupyter;

/// <summary>
/// The conversations of a kernel with widgets in its notebooks. Cells use it after <c>#r "StyleLab.Jupyter"</c>.
/// </summary>
public sealed class Comms : IWidgetFrontEnd
{
    private static readonly AsyncLocal<(Comms? Comms, byte[]? Request)> Here = new();

    private readonly IopubChannel _iopub;
    private readonly ConcurrentDictionary<string, Action<(Comm, JsonObject)>> _targets = new();
    private readonly ConcurrentDictionary<string, Comm> _open = new();

    internal Comms(IopubChannel iopub) => _iopub = iopub;

    /// <summary>Those of the kernel that runs the calling cell.</summary>
    /// <exception cref="InvalidOperationException">The caller is not in a cell of a Jupyter kernel.</exception>
    public static Comms Current =>
        Here.Value.Comms ?? throw new InvalidOperationException("Comms exist only in cells that a Jupyter kernel runs.");

    /// <summary>The conversations that are open.</summary>
    public IReadOnlyCollection<Comm> Open => [.. _open.Values];

    /// <summary>Says what happens when a client begins a conversation about a target.</summary>
    /// <param name="target">The name the client uses.</param>
    /// <param name="opened">Gets the new conversation and the client's first message.</param>
    public void Register(string target, Action<Comm, JsonObject> opened) =>
        _targets[target] = Comm.InThisCell<(Comm Comm, JsonObject Data)>(first => opened(first.Comm, first.Data))!;

    /// <summary>Begins a conversation with the client.</summary>
    /// <param name="target">The name under which the client listens.</param>
    /// <param name="data">The first message.</param>
    /// <param name="metadata">What is said of that message itself; widgets of JupyterLab want <c>{"version": "2.1.0"}</c>.</param>
    /// <param name="buffers">Binary data of that message.</param>
    public Comm Start(string target, JsonObject? data = null, JsonObject? metadata = null, params byte[][] buffers)
    {
        var comm = new Comm(this, Guid.NewGuid().ToString("N"), target);
        _open[comm.Id] = comm;
        Publish("comm_open", comm, data ?? [], buffers, metadata);
        return comm;
    }

    /// <summary>The client begins a conversation; false if nobody here knows its target.</summary>
    internal bool Accept(string id, string target, JsonObject data)
    {
        if (!_targets.TryGetValue(target, out var opened))
            return false;
        var comm = _open[id] = new Comm(this, id, target);
        opened((comm, data));
        return true;
    }

    /// <summary>The conversation with an id, if it is open.</summary>
    internal Comm? Find(string id) => _open.GetValueOrDefault(id);

    /// <summary>The client has ended a conversation.</summary>
    internal void Forget(Comm comm) => _open.TryRemove(comm.Id, out _);

    internal void Close(Comm comm, JsonObject data)
    {
        if (_open.TryRemove(comm.Id, out _))
            Publish("comm_close", comm, data);
    }

    /// <summary>The calling code belongs to a request of a client: what it says follows from that, which is how a front end knows below
    /// which cell it stands.</summary>
    internal void Begin(byte[] request) => Here.Value = (this, request);

    internal void Publish(string type, Comm comm, JsonObject data, byte[][]? buffers = null, JsonObject? metadata = null) =>
        Publish(type, comm.Id, comm.Target, (JsonObject)data.DeepClone(), buffers, metadata?.DeepClone() as JsonObject);

    void IWidgetFrontEnd.Send(string type, string id, JsonObject data, JsonObject? metadata, byte[][] buffers) =>
        Publish(type, id, WidgetProtocol.WidgetTarget, data, buffers, metadata);

    private void Publish(string type, string id, string target, JsonObject data, byte[][]? buffers, JsonObject? metadata)
    {
        var content = new JsonObject { ["comm_id"] = id, ["data"] = data };
        if (type == "comm_open")
            content["target_name"] = target;

        // A cell that is stopped by force is not stopped inside a finally block, so the socket is never left half used.
        try
        {
        }
        finally
        {
            _iopub.Publish(type, Here.Value.Request, content, buffers, metadata);
        }
    }
}
