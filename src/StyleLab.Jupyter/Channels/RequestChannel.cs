using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Channels;

/// <summary>Shell or control: requests come in, each is answered to whoever sent it.</summary>
internal sealed class RequestChannel : IDisposable
{
    private readonly MessageCodec _codec;
    private readonly RouterSocket _socket;
    private readonly BlockingCollection<Request> _requests = new();
    private readonly BlockingCollection<Request> _aside = new();
    private readonly Func<Request, bool> _goesAside;

    /// <param name="address">Where to listen.</param>
    /// <param name="codec">Reads and writes the messages.</param>
    /// <param name="clients">The names of clients.</param>
    /// <param name="goesAside">Asked at each request whether it does not wait for those before it; none does so if null.</param>
    public RequestChannel(EndPoint address, MessageCodec codec, ClientNames clients, Func<Request, bool>? goesAside = null)
    {
        _codec = codec;
        _goesAside = goesAside ?? (_ => false);
        _socket = new RouterSocket(address, Receive, clients);
    }

    /// <summary>The socket, to be started and flushed.</summary>
    public RouterSocket Socket => _socket;

    /// <summary>Waits for requests, until <see cref="Close"/>.</summary>
    public IEnumerable<Request> Requests() => _requests.GetConsumingEnumerable();

    /// <summary>The same for requests that went aside.</summary>
    public IEnumerable<Request> RequestsAside() => _aside.GetConsumingEnumerable();

    public void Reply(Request request, JsonObject content) =>
        _socket.Send(_codec.Encode(request.Identities, request.ReplyType!, request.Header, content));

    /// <summary>No more requests are taken.</summary>
    public void Close()
    {
        _requests.CompleteAdding();
        _aside.CompleteAdding();
    }

    public void Dispose() => _socket.Dispose();

    private bool Receive(byte[][] frames)
    {
        if (_codec.Decode(frames) is not { } request)
            return false;
        try
        {
            (_goesAside(request) ? _aside : _requests).Add(request);
        }
        catch (InvalidOperationException)
        {
            // The kernel is shutting down.
        }

        return true;
    }
}
