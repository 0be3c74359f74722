using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Channels;

/// <summary>Asks the user who runs a cell for a line of text.</summary>
internal sealed class StdinChannel : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly MessageCodec _codec;
    private readonly BlockingCollection<Request> _replies = new();

    public StdinChannel(EndPoint address, MessageCodec codec, ClientNames clients)
    {
        _codec = codec;
        Socket = new RouterSocket(address, Receive, clients);
    }

    public RouterSocket Socket { get; }

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="cell">The execute_request of the running cell; its sender is asked.</param>
    /// <param name="prompt">Shown before the line.</param>
    /// <param name="password">Whether what is typed is to be hidden.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <exception cref="KernelException">The client has no stdin channel.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Ask(Request cell, string prompt, bool password, CancellationToken cancellation)
    {
        // Answers to a question that was interrupted.
        while (_replies.TryTake(out _))
        {
        }

        var content = new JsonObject { ["prompt"] = prompt, ["password"] = password };
        Send(_codec.Encode(cell.Identities, "input_request", cell.Header, content), cancellation);

        // The answer of another client is not an answer to this question.
        while (true)
        {
            var reply = _replies.Take(cancellation);
            if (reply.Identities[0].AsSpan().SequenceEqual(cell.Identities[0]))
                return reply.Text("value");
        }
    }

    public void Dispose() => Socket.Dispose();

    /// <summary>A client opens its channels one after the other; the first cell may be faster than the last of them.</summary>
    private void Send(IReadOnlyList<byte[]> frames, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (!Socket.Send(frames))
        {
            if (waited.Elapsed > s_patience)
                throw new KernelException("The notebook's client is not connected for input, so the cell cannot ask for any.");
            cancellation.WaitHandle.WaitOne(10);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool Receive(byte[][] frames)
    {
        if (_codec.Decode(frames) is not { } message)
            return false;
        if (message.Type == "input_reply")
            _replies.Add(message);
        return true;
    }
}
