using System.Net;
using System.Net.Sockets;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.Handlers;
using StyleLab.Jupyter.History;
using StyleLab.Jupyter.Messages;
using StyleLab.Jupyter.Zmtp;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter;

/// <summary>A C# session that Jupyter clients talk to over five sockets.</summary>
public sealed class Kernel : IDisposable
{
    // What was said last, such as the reply to a shutdown, must reach the client.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly Session _session;
    private readonly List<ListeningSocket> _sockets = [];
    private readonly RequestChannel _shell;
    private readonly RequestChannel _control;
    private readonly IopubChannel _iopub;
    private readonly StdinChannel _stdin;
    private readonly HandlerTable _handlers;
    private readonly HistoryFile _history;
    private readonly ManualResetEventSlim _ended = new();
    private ParentWatch? _parentWatch;

    /// <param name="connection">Where to listen.</param>
    /// <param name="folder">Where relative paths in cells begin; the current directory if not given.</param>
    /// <param name="historyFile">Where the history of cells is kept; the user's data folder if not given.</param>
    /// <param name="traceFile">Where it says which cell runs, so that the kernel that is started anew after a crash can tell of it; nowhere
    /// if not given.</param>
    /// <exception cref="KernelException">An address is not ours, or a port is taken.</exception>
    public Kernel(ConnectionFile connection, string? folder = null, string? historyFile = null, string? traceFile = null)
    {
        var codec = new MessageCodec(connection.Key);
        var clients = new ClientNames();
        try
        {
            _shell = new RequestChannel(connection.Address(connection.ShellPort), codec, clients, request => _handlers!.GoesAside(request));
            _sockets.Add(_shell.Socket);
            _control = new RequestChannel(connection.Address(connection.ControlPort), codec, clients);
            _sockets.Add(_control.Socket);
            _stdin = new StdinChannel(connection.Address(connection.StdinPort), codec, clients);
            _sockets.Add(_stdin.Socket);
            _iopub = new IopubChannel(connection.Address(connection.IopubPort), codec);
            _sockets.Add(_iopub.Socket);
            _sockets.Add(new EchoSocket(connection.Address(connection.HeartbeatPort)));
        }
        catch (SocketException failed)
        {
            foreach (var socket in _sockets)
                socket.Dispose();
            throw new KernelException(
                $"The kernel cannot listen at {connection.Ip} on the ports of its connection file: {failed.Message}", failed);
        }

        Connection = connection with
        {
            ShellPort = PortOf(_shell.Socket, connection.ShellPort),
            ControlPort = PortOf(_control.Socket, connection.ControlPort),
            StdinPort = PortOf(_stdin.Socket, connection.StdinPort),
            IopubPort = PortOf(_iopub.Socket, connection.IopubPort),
            HeartbeatPort = PortOf(_sockets[^1], connection.HeartbeatPort),
        };
        _session = new Session(folder);
        _history = new HistoryFile(historyFile ?? HistoryFile.DefaultPath);
        _handlers = new HandlerTable(_session, _iopub, _stdin, _history, traceFile == null ? null : new UnfinishedCell(traceFile));
    }

    /// <summary>Where the kernel listens, with the real ports where 0 was asked for.</summary>
    public ConnectionFile Connection { get; }

    /// <summary>Ends the kernel when the process that started it has died, if Jupyter said which one that is.</summary>
    public void EndWithParent()
    {
        if (ParentWatch.ParentFromEnvironment is { } parent)
            _parentWatch = new ParentWatch(parent, _ended.Set);
    }

    /// <summary>Serves clients until one asks for the end of the kernel.</summary>
    public void Run()
    {
        _iopub.PublishStarting();
        foreach (var socket in _sockets)
            socket.Start();
        var shell = new RequestLoop(_shell, _shell.Requests(), _iopub, _handlers.Shell, () => _handlers.IsOver);
        StartLoop("shell", shell);
        StartLoop("shell, aside", new RequestLoop(_shell, _shell.RequestsAside(), _iopub, _handlers.Shell, () => _handlers.IsOver, beside: shell));
        StartLoop("control", new RequestLoop(_control, _control.Requests(), _iopub, _handlers.Control, () => _handlers.IsOver));
        _ended.Wait();
        _history.WriteRest();
        foreach (var socket in _sockets)
            socket.Flush(Linger);
    }

    /// <summary>Ends the kernel: stops the running cell and closes the sockets.</summary>
    public void Dispose()
    {
        _ended.Set();
        _parentWatch?.Dispose();
        _shell.Close();
        _control.Close();
        _handlers.Interrupt();
        foreach (var socket in _sockets)
            socket.Dispose();
        _session.Dispose();
    }

    // A local socket has no port but a path that ends in the number asked for.
    private static int PortOf(ListeningSocket socket, int asked) =>
        socket.Address is IPEndPoint address ? address.Port : asked;

    private void StartLoop(string name, RequestLoop loop)
    {
        var thread = new Thread(() =>
        {
            loop.Run();
            _ended.Set();
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
    }
}
