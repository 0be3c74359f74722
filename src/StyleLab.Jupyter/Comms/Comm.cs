using System.Text.Json.Nodes;

namespace StyleLab.Jupyter;

/// <summary>A conversation between code in the kernel and a widget in the notebook.</summary>
public sealed class Comm
{
    private readonly Comms _comms;
    private Action<(JsonObject Data, byte[][] Buffers)>? _withBuffers;

    internal Comm(Comms comms, string id, string target)
    {
        _comms = comms;
        Id = id;
        Target = target;
    }

    /// <summary>The name of this conversation, unique in the kernel.</summary>
    public string Id { get; }

    /// <summary>What it is about; both sides know this name.</summary>
    public string Target { get; }

    /// <summary>Called for each message of the client. What it displays appears below the cell that set it.</summary>
    public Action<JsonObject>? Received { get; set => field = InThisCell(value); }

    /// <summary>The same, with the binary data of the message; called besides <see cref="Received"/>.</summary>
    public Action<JsonObject, byte[][]>? ReceivedWithBuffers
    {
        get;
        set
        {
            field = value;
            _withBuffers = InThisCell<(JsonObject Data, byte[][] Buffers)>(value == null ? null : message => value(message.Data, message.Buffers));
        }
    }

    /// <summary>Called when the client ends the conversation.</summary>
    public Action<JsonObject>? Closed { get; set => field = InThisCell(value); }

    /// <summary>Sends a message to the client.</summary>
    public void Send(JsonObject data, params byte[][] buffers) => _comms.Publish("comm_msg", this, data, buffers);

    /// <summary>The client has said something.</summary>
    internal void Receive(JsonObject data, byte[][] buffers)
    {
        Received?.Invoke(data);
        _withBuffers?.Invoke((data, buffers));
    }

    /// <summary>Ends the conversation.</summary>
    public void Close(JsonObject? data = null) => _comms.Close(this, data ?? []);

    /// <summary>Code that is called later still belongs to the cell that handed it over.</summary>
    internal static Action<T>? InThisCell<T>(Action<T>? call)
    {
        if (call == null || ExecutionContext.Capture() is not { } cell)
            return call;
        return argument => ExecutionContext.Run(cell, _ => call(argument), null);
    }
}
