using System.Net.Sockets;
using System.Text;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>
/// One peer of one socket. Reading and writing have a thread each, so that a peer is served while a cell keeps the
/// whole thread pool busy.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int MaxCommand = 4096;
    private const int MaxIdentity = 255;
    private const int MaxFrames = 1024;
    private const long MaxMessage = 256L << 20;
    private const long MaxWaiting = 64L << 20;
    private const int SmallStack = 256 << 10;
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly SocketType _type;
    private readonly NetworkStream _stream;
    private readonly BufferedStream _input;
    private readonly SendQueue _toSend = new(MaxWaiting);
    private long _lastHeard = Environment.TickCount64;
    private volatile bool _isKnown;

    public Connection(Socket socket, SocketType type)
    {
        _socket = socket;
        _type = type;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _input = new BufferedStream(_stream, 1 << 16);
    }

    /// <summary>The name the peer gave itself; empty if none.</summary>
    public byte[] Identity { get; private set; } = [];

    /// <summary>Whether the peer has done what clients do, and not only connected.</summary>
    public bool IsKnown
    {
        get => _isKnown;
        set => _isKnown = value;
    }

    /// <summary>When the last message came, or the connection, as <see cref="Environment.TickCount64"/>.</summary>
    public long LastHeard => Volatile.Read(ref _lastHeard);

    /// <summary>Starts a thread that only serves one peer or one socket.</summary>
    public static void StartThread(string name, ThreadStart work) =>
        new Thread(work, SmallStack) { IsBackground = true, Name = name }.Start();

    /// <summary>Exchanges greetings and READY; afterwards messages may be sent and received.</summary>
    /// <exception cref="ProtocolException">The peer does not keep to the protocol.</exception>
    /// <exception cref="IOException">The peer has gone, or takes too long.</exception>
    public void Handshake()
    {
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)HandshakeTime.TotalMilliseconds;
        _stream.Write(Greeting.Ours());
        Greeting.Read(_input);
        Write(Command.ReadyAs(_type));

        var answer = Command.Read(Frame.Read(_input, MaxCommand));
        if (answer.Name != Command.Ready)
            throw new ProtocolException($"READY was expected, but {answer.Name} came");
        var properties = answer.Properties();
        string peer = Encoding.ASCII.GetString(properties.GetValueOrDefault("Socket-Type", []));
        if (!_type.Accepts(peer))
        {
            Write(Command.ErrorBecause("Invalid socket type"));
            throw new ProtocolException($"a {_type.Name} socket cannot serve a '{peer}' socket");
        }

        Identity = properties.GetValueOrDefault("Identity", []);
        if (Identity.Length > MaxIdentity || Identity is [0, ..])
            throw new ProtocolException("the identity is longer than 255 bytes or begins with a zero");

        _socket.ReceiveTimeout = _socket.SendTimeout = 0;
        StartThread($"{_type.Name} send", SendAll);
    }

    /// <summary>Waits for the next message.</summary>
    /// <param name="onCommand">Called for each command in between, except PING, which is answered.</param>
    /// <exception cref="ProtocolException">The peer does not keep to the protocol.</exception>
    /// <exception cref="IOException">The peer has gone.</exception>
    public byte[][] Receive(Action<Command> onCommand)
    {
        var frames = new List<byte[]>();
        long left = MaxMessage;
        while (true)
        {
            var frame = Frame.Read(_input, left);
            if (frame.IsCommand)
            {
                Handle(Command.Read(frame), onCommand);
                continue;
            }

            left -= frame.Body.Length;
            frames.Add(frame.Body);
            if (!frame.HasMore)
            {
                Volatile.Write(ref _lastHeard, Environment.TickCount64);
                return [.. frames];
            }

            if (frames.Count == MaxFrames)
                throw new ProtocolException($"a message of more than {MaxFrames} frames");
        }
    }

    /// <summary>Sends a message when the peer is ready for it; false if it was dropped, because the peer has gone or does
    /// not read.</summary>
    /// <param name="message">All frames, from <see cref="Encode"/>.</param>
    public bool TrySend(byte[] message) => _toSend.TryAdd(message);

    /// <summary>The frames of a message as they go over the wire.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> frames)
    {
        var output = new MemoryStream(frames.Sum(f => f.Length + 9));
        for (int i = 0; i < frames.Count; i++)
            new Frame(i < frames.Count - 1 ? FrameFlags.More : FrameFlags.None, frames[i]).WriteTo(output);
        return output.ToArray();
    }

    /// <summary>Waits until everything is sent, at most until the deadline.</summary>
    public void Flush(long deadline) => _toSend.Flush(deadline);

    /// <summary>
    /// Has the peer's threads end the connection. Unlike <see cref="Dispose"/>, which returns once they have left the socket, this
    /// waits for nobody: where the machine is busy, that may be long.
    /// </summary>
    public void Leave()
    {
        _toSend.Close();
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The peer was quicker, and its threads know.
        }
    }

    public void Dispose()
    {
        _toSend.Close();
        _stream.Dispose();
    }

    private void Handle(Command command, Action<Command> onCommand)
    {
        if (command.Name == Command.Error)
            throw new ProtocolException("the peer reports an error");
        if (command.Name == Command.Ping)
            _toSend.TryAdd(Bytes(command.ToPong()));
        else
            onCommand(command);
    }

    private void SendAll()
    {
        try
        {
            while (_toSend.Next() is { } message)
            {
                _stream.Write(message);
                _toSend.Sent();
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            Dispose();
        }
    }

    private void Write(Command command) => _stream.Write(Bytes(command));

    private static byte[] Bytes(Command command)
    {
        var output = new MemoryStream();
        command.ToFrame().WriteTo(output);
        return output.ToArray();
    }
}
