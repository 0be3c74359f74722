using System.Net;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>A REP socket that answers each request with the request: the heartbeat of a kernel.</summary>
internal sealed class EchoSocket(EndPoint address) : ListeningSocket(SocketType.Reply, address)
{
    // The envelope, up to the empty frame, goes back as it came, and here so does the body.
    protected override void OnMessage(Connection peer, byte[][] frames)
    {
        peer.IsKnown = true;
        peer.TrySend(Connection.Encode(frames));
    }
}
