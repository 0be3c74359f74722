using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Channels;

/// <summary>What all clients see: the state of the kernel and the outputs of cells.</summary>
internal sealed class IopubChannel(EndPoint address, MessageCodec codec) : IDisposable
{
    private readonly string _topic = $"kernel.{codec.Session}.";

    public PublisherSocket Socket { get; } = new(address);

    /// <param name="type">For example "stream".</param>
    /// <param name="parent">The header of the request it follows from; null if none.</param>
    /// <param name="content">The fields.</param>
    /// <param name="buffers">Binary data, if any.</param>
    /// <param name="metadata">What is said of the message itself, if anything.</param>
    public void Publish(string type, byte[]? parent, JsonObject content, byte[][]? buffers = null, JsonObject? metadata = null) =>
        Socket.Send(Frames(type, parent, content, buffers, metadata));

    /// <summary>Says "starting" to everybody who subscribes before the first request: front ends that see a kernel start
    /// anew by itself wait for that word.</summary>
    public void PublishStarting() => Socket.Welcome = Status("starting", null);

    /// <param name="state">"busy" or "idle".</param>
    /// <param name="parent">The header of the request that makes it so.</param>
    public void PublishStatus(string state, byte[] parent)
    {
        Socket.Welcome = null;
        Socket.Send(Status(state, parent));
    }

    public void Dispose() => Socket.Dispose();

    private IReadOnlyList<byte[]> Status(string state, byte[]? parent) =>
        Frames("status", parent, new JsonObject { ["execution_state"] = state });

    private IReadOnlyList<byte[]> Frames(string type, byte[]? parent, JsonObject content, byte[][]? buffers = null, JsonObject? metadata = null) =>
        codec.Encode([Encoding.ASCII.GetBytes(_topic + type)], type, parent, content, buffers, metadata);
}
