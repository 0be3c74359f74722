using System.Buffers.Binary;
using System.Net;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>
/// Receives from any peer and answers a particular one. The first frame is the peer's identity, both ways. A message
/// to a peer that has gone is dropped.
/// </summary>
/// <param name="address">Where to listen.</param>
/// <param name="received">Takes a message, and says whether only a client can have sent it.</param>
/// <param name="clients">The names of clients; shared among sockets, because clients have one name for all of them.</param>
internal sealed class RouterSocket(EndPoint address, Func<byte[][], bool> received, ClientNames? clients = null)
    : ListeningSocket(SocketType.Router, address)
{
    private readonly ClientNames _clients = clients ?? new ClientNames();
    private readonly Lock _routing = new();
    private readonly Dictionary<string, Connection> _peers = [];
    private readonly Dictionary<Connection, byte[]> _identities = [];
    private int _nameless;

    /// <summary>Sends a message; false if it was dropped.</summary>
    /// <param name="frames">The identity of the peer, then the message.</param>
    public bool Send(IReadOnlyList<byte[]> frames)
    {
        Connection? peer;
        lock (_routing)
            peer = _peers.GetValueOrDefault(Convert.ToHexString(frames[0]));
        return peer?.TrySend(Connection.Encode([.. frames.Skip(1)])) ?? false;
    }

    protected override void OnConnected(Connection peer)
    {
        Connection? before;
        lock (_routing)
        {
            var identity = peer.Identity.Length > 0 ? peer.Identity : NewIdentity();
            string key = Convert.ToHexString(identity);
            _identities[peer] = identity;

            // A client that comes back under its old name takes the place of its dead connection.
            before = _peers.GetValueOrDefault(key);
            _peers[key] = peer;
        }

        before?.Dispose();
    }

    protected override void OnMessage(Connection peer, byte[][] frames)
    {
        byte[] identity;
        lock (_routing)
            identity = _identities[peer];
        if (!received([identity, .. frames]) || peer.IsKnown)
            return;
        peer.IsKnown = true;
        _clients.Add(peer.Identity);
    }

    protected override bool IsKnown(Connection peer) => peer.IsKnown || _clients.Contains(peer.Identity);

    protected override void OnClosed(Connection peer)
    {
        lock (_routing)
        {
            if (_identities.Remove(peer, out var identity)
                && _peers.GetValueOrDefault(Convert.ToHexString(identity)) == peer)
                _peers.Remove(Convert.ToHexString(identity));
        }
    }

    // Begins with a zero, which no peer may choose itself.
    private byte[] NewIdentity()
    {
        var identity = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(identity.AsSpan(1), ++_nameless);
        return identity;
    }
}
