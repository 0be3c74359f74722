namespace StyleLab.Jupyter.Zmtp;

/// <summary>The socket types of a kernel, and which peers each may talk to (RFC 23, "The Socket-Type Property").</summary>
internal sealed class SocketType
{
    public static readonly SocketType Router = new("ROUTER", "REQ", "DEALER", "ROUTER");
    public static readonly SocketType Publisher = new("XPUB", "SUB", "XSUB");
    public static readonly SocketType Reply = new("REP", "REQ", "DEALER");

    private readonly string[] _peers;

    private SocketType(string name, params string[] peers)
    {
        Name = name;
        _peers = peers;
    }

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    public bool Accepts(string peer) => _peers.Contains(peer, StringComparer.Ordinal);
}
