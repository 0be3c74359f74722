using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using StyleLab.Jupyter;
using StyleLab.Jupyter.Tests.Zmtp;

namespace StyleLab.Jupyter.Tests;

/// <summary>A message a kernel has sent.</summary>
public sealed record KernelMessage(JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public JsonObject Metadata { get; init; } = [];

    public byte[][] Buffers { get; init; } = [];

    public string Type => (string)Header["msg_type"]!;

    public string? ParentId => (string?)Parent["msg_id"];

    public string Text(string name) => (string)Content[name]!;
}

/// <summary>A Jupyter client on raw sockets; it shares no code with the kernel.</summary>
public sealed class JupyterClient : IDisposable
{
    private readonly string _key;
    private int _messages;

    public JupyterClient(ConnectionFile connection, string identity)
    {
        _key = connection.Key;
        Identity = identity;
        Iopub = RawPeer.Connected(At(connection.IopubPort), "SUB");
        Iopub.SendCommand("SUBSCRIBE");
        Shell = RawPeer.Connected(At(connection.ShellPort), "DEALER", identity);
        Control = RawPeer.Connected(At(connection.ControlPort), "DEALER", identity);
        Stdin = RawPeer.Connected(At(connection.StdinPort), "DEALER", identity);
    }

    public string Identity { get; }

    public RawPeer Shell { get; }

    public RawPeer Control { get; }

    public RawPeer Stdin { get; }

    public RawPeer Iopub { get; }

    /// <summary>How often the kernel has said that it starts.</summary>
    public int TimesStarting { get; private set; }

    public static EndPoint At(int port) => new IPEndPoint(IPAddress.Loopback, port);

    /// <summary>Sends a message.</summary>
    /// <returns>Its id.</returns>
    public string Send(
        RawPeer channel, string type, JsonObject? content = null, JsonObject? metadata = null, string? key = null, byte[][]? buffers = null)
    {
        string id = $"{Identity}-{++_messages}";
        var header = new JsonObject
        {
            ["msg_id"] = id, ["session"] = Identity, ["username"] = "test", ["msg_type"] = type, ["version"] = "5.3",
            ["date"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture), ["something_new"] = "ä",
        };
        byte[][] frames = [Bytes(header), "{}"u8.ToArray(), Bytes(metadata ?? []), Bytes(content ?? [])];
        channel.SendMessage(["<IDS|MSG>"u8.ToArray(), Sign(frames, key ?? _key), .. frames, .. buffers ?? []]);
        return id;
    }

    public string Execute(string code, JsonObject? more = null, JsonObject? metadata = null)
    {
        var content = more ?? [];
        content["code"] = code;
        content.TryAdd("allow_stdin", false);
        return Send(Shell, "execute_request", content, metadata);
    }

    /// <summary>Waits for the next message of a channel and checks how it is packed and signed. That the kernel starts is
    /// only noted, because a client may come too late for it.</summary>
    public KernelMessage Receive(RawPeer channel)
    {
        var message = ReceiveAny(channel);
        if (message.Type != "status" || message.Text("execution_state") != "starting")
            return message;
        Assert.Empty(message.Parent);
        TimesStarting++;
        return Receive(channel);
    }

    /// <summary>What iopub says about a request, from its busy to its idle.</summary>
    /// <param name="id">The request.</param>
    /// <param name="anyParent">Whether messages that follow from another request are given, too.</param>
    public List<KernelMessage> OutputsOf(string id, bool anyParent = false)
    {
        var outputs = new List<KernelMessage>();
        while (true)
        {
            var message = Receive(Iopub);
            if (message.ParentId == id || anyParent)
                outputs.Add(message);
            if (message.ParentId == id && message.Type == "status" && message.Text("execution_state") == "idle")
                return outputs;
        }
    }

    /// <summary>Asks and waits for the reply and for idle.</summary>
    public JsonObject Ask(string type, JsonObject? content = null)
    {
        string id = Send(Shell, type, content);
        var reply = Receive(Shell);
        Assert.Equal(id, reply.ParentId);
        OutputsOf(id);
        return reply.Content;
    }

    /// <summary>Runs a cell and waits for its end.</summary>
    public (JsonObject Reply, List<KernelMessage> Outputs) Run(string code, JsonObject? more = null, JsonObject? metadata = null)
    {
        string id = Execute(code, more, metadata);
        var reply = Receive(Shell);
        Assert.Equal(id, reply.ParentId);
        return (reply.Content, OutputsOf(id));
    }

    public void Dispose()
    {
        foreach (var channel in (RawPeer[])[Shell, Control, Stdin, Iopub])
            channel.Dispose();
    }

    private KernelMessage ReceiveAny(RawPeer channel)
    {
        var frames = channel.ReceiveMessage();
        int delimiter = Array.FindIndex(frames, f => f.AsSpan().SequenceEqual("<IDS|MSG>"u8));
        Assert.Equal(channel == Iopub ? 1 : 0, delimiter);
        var json = frames[(delimiter + 2)..(delimiter + 6)];
        Assert.Equal(Encoding.ASCII.GetString(Sign(json, _key)), Encoding.ASCII.GetString(frames[delimiter + 1]));
        return new KernelMessage(Parse(json[0]), Parse(json[1]), Parse(json[3])) { Metadata = Parse(json[2]), Buffers = frames[(delimiter + 6)..] };
    }

    private static byte[] Sign(byte[][] frames, string key) => key.Length == 0 ? [] : Encoding.ASCII.GetBytes(
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), frames.SelectMany(f => f).ToArray())).ToLowerInvariant());

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonObject Parse(byte[] json) => JsonNode.Parse(json)!.AsObject();
}
