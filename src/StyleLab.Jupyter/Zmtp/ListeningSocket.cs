using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>
/// A ZMTP socket that others connect to. It never trusts them: whoever breaks the protocol is disconnected. Nor do those who
/// say nothing keep others out: where there are too many, they go first.
/// </summary>
internal abstract class ListeningSocket : IDisposable
{
    /// <summary>How many peers a socket serves at the same time.</summary>
    public const int MaxConnections = 256;

    private const int MaxHandshakes = 32;
    private static readonly TimeSpan PatienceForAddress = TimeSpan.FromSeconds(2);

    private readonly SocketType _type;
    private readonly Socket _listener;
    private readonly Lock _lock = new();
    private readonly LinkedList<Connection> _handshaking = new();
    private readonly List<Connection> _connected = []; // The oldest first.
    private readonly BlockingCollection<Connection> _accepted = [];
    private bool _closed;

    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    protected ListeningSocket(SocketType type, EndPoint address)
    {
        _type = type;
        var protocol = address is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp;
        _listener = new Socket(address.AddressFamily, System.Net.Sockets.SocketType.Stream, protocol);
        try
        {
            Bind(address);
            _listener.Listen();
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Address = _listener.LocalEndPoint!;
    }

    /// <summary>Where the socket listens; with the real port if port 0 was asked for.</summary>
    public EndPoint Address { get; }

    /// <summary>How many peers there are at the moment.</summary>
    public int PeerCount
    {
        get
        {
            lock (_lock)
                return _connected.Count;
        }
    }

    /// <summary>Starts to accept peers.</summary>
    public void Start()
    {
        Connection.StartThread($"{_type.Name} begin", BeginAll);
        Connection.StartThread($"{_type.Name} accept", Accept);
    }

    /// <summary>Waits until every peer has been sent what waits for it, at most for the given time.</summary>
    public void Flush(TimeSpan linger)
    {
        long deadline = Environment.TickCount64 + (long)linger.TotalMilliseconds;
        foreach (var peer in Peers())
            peer.Flush(deadline);
    }

    public void Dispose()
    {
        Connection[] all;
        lock (_lock)
        {
            _closed = true;
            all = [.. _connected, .. _handshaking];
        }

        _listener.Dispose();
        _accepted.CompleteAdding();
        foreach (var connection in all)
            connection.Leave();
        foreach (var connection in all)
            connection.Dispose();
    }

    /// <summary>A peer has finished the handshake; nothing was received from it yet.</summary>
    protected virtual void OnConnected(Connection peer)
    {
    }

    /// <summary>A whole message has come; called on the peer's own thread.</summary>
    protected abstract void OnMessage(Connection peer, byte[][] frames);

    protected virtual void OnCommand(Connection peer, Command command)
    {
        // Commands that newer peers may send are ignored.
    }

    protected virtual void OnClosed(Connection peer)
    {
    }

    /// <summary>Whether a peer has shown that it is a client.</summary>
    protected virtual bool IsKnown(Connection peer) => peer.IsKnown;

    /// <summary>Which one has to go when there are too many and all are known.</summary>
    /// <param name="peers">The oldest first.</param>
    protected virtual Connection LeastNeeded(IReadOnlyList<Connection> peers) => peers.MinBy(peer => peer.LastHeard)!;

    protected Connection[] Peers()
    {
        lock (_lock)
            return [.. _connected];
    }

    // Clients choose the ports before they start a kernel, and for a moment a passing connection may have taken one.
    private void Bind(EndPoint address)
    {
        long deadline = Environment.TickCount64 + (long)PatienceForAddress.TotalMilliseconds;
        while (true)
        {
            try
            {
                _listener.Bind(address);
                return;
            }
            catch (SocketException taken) when (
                taken.SocketErrorCode == SocketError.AddressAlreadyInUse && Environment.TickCount64 < deadline)
            {
                Thread.Sleep(50);
            }
        }
    }

    private void Accept()
    {
        while (!_closed)
        {
            Connection? peer = null;
            try
            {
                var socket = _listener.Accept();
                if (socket.ProtocolType == ProtocolType.Tcp)
                    socket.NoDelay = true;
                peer = new Connection(socket, _type);
                Welcome(peer);
            }
            catch (Exception failed) when (failed is SocketException or InvalidOperationException or IOException or OutOfMemoryException)
            {
                // The peer has gone again, or we are closing; or there are no more handles, or no memory.
                if (peer != null)
                    Forget(peer);
                if (failed is OutOfMemoryException or SocketException { SocketErrorCode: SocketError.TooManyOpenSockets })
                    MakeRoom();
                Thread.Sleep(1);
            }
        }
    }

    private void Welcome(Connection peer)
    {
        Connection? oldest = null;
        lock (_lock)
        {
            _handshaking.AddLast(peer);
            if (_handshaking.Count > MaxHandshakes)
            {
                // A flood of peers that say nothing must not keep out one that talks.
                oldest = _handshaking.First!.Value;
                _handshaking.RemoveFirst();
            }
        }

        oldest?.Leave();
        _accepted.Add(peer);
    }

    /// <summary>
    /// Starts the threads of peers, which takes a while each where the machine is busy. Those that had to go meanwhile get none, so that
    /// a flood delays nobody by more than the peers that may be in their handshake.
    /// </summary>
    private void BeginAll()
    {
        foreach (var peer in _accepted.GetConsumingEnumerable())
        {
            bool isWanted;
            lock (_lock)
                isWanted = !_closed && _handshaking.Contains(peer);
            if (!isWanted)
            {
                peer.Dispose();
                continue;
            }

            try
            {
                Connection.StartThread($"{_type.Name} receive", () => Serve(peer));
            }
            catch (OutOfMemoryException)
            {
                // There are no more threads.
                Forget(peer);
                MakeRoom();
            }
        }
    }

    private void Serve(Connection peer)
    {
        bool connected = false;
        try
        {
            peer.Handshake();
            connected = MoveToConnected(peer);
            if (!connected)
                return;
            OnConnected(peer);
            while (true)
                OnMessage(peer, peer.Receive(command => OnCommand(peer, command)));
        }
        catch (Exception)
        {
            // A peer that left or misbehaved. Whatever it did, it concerns nobody but itself.
        }
        finally
        {
            Forget(peer);
            if (connected)
                OnClosed(peer);
        }
    }

    private bool MoveToConnected(Connection peer)
    {
        Connection? replaced = null;
        lock (_lock)
        {
            if (_closed || !_handshaking.Remove(peer))
                return false;
            if (_connected.Count >= MaxConnections)
                _connected.Remove(replaced = Replaceable());
            _connected.Add(peer);
        }

        replaced?.Dispose();
        return true;
    }

    /// <summary>Disconnects one peer, so that another may come.</summary>
    private void MakeRoom()
    {
        Connection? peer = null;
        lock (_lock)
        {
            if (_handshaking.First != null)
                _handshaking.Remove(peer = _handshaking.First.Value);
            else if (_connected.Count > 0)
                _connected.Remove(peer = Replaceable());
        }

        peer?.Dispose();
    }

    private Connection Replaceable() => _connected.Find(peer => !IsKnown(peer)) ?? LeastNeeded(_connected);

    private void Forget(Connection peer)
    {
        peer.Dispose();
        lock (_lock)
        {
            _handshaking.Remove(peer);
            _connected.Remove(peer);
        }
    }
}
