using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>A command frame: a name of at most 255 letters and data whose meaning depends on the name.</summary>
internal readonly record struct Command(string Name, byte[] Data)
{
    public const string Ready = "READY";
    public const string Error = "ERROR";
    public const string Ping = "PING";
    public const string Pong = "PONG";
    public const string Subscribe = "SUBSCRIBE";
    public const string Cancel = "CANCEL";

    private const int PingTimeToLive = 2;

    /// <exception cref="ProtocolException">The frame holds no command.</exception>
    public static Command Read(Frame frame)
    {
        var body = frame.Body;
        if (!frame.IsCommand || body.Length == 0 || body[0] == 0 || body.Length < 1 + body[0])
            throw new ProtocolException("a command was expected");
        return new Command(Encoding.ASCII.GetString(body, 1, body[0]), body[(1 + body[0])..]);
    }

    public Frame ToFrame() => new(FrameFlags.Command, [(byte)Name.Length, .. Encoding.ASCII.GetBytes(Name), .. Data]);

    /// <summary>The READY command that ends our side of the NULL handshake.</summary>
    public static Command ReadyAs(SocketType type)
    {
        var data = new MemoryStream();
        WriteProperty(data, "Socket-Type", Encoding.ASCII.GetBytes(type.Name));
        if (type == SocketType.Router)
            WriteProperty(data, "Identity", []);
        return new Command(Ready, data.ToArray());
    }

    /// <summary>The answer to a PING: its context, without the time to live before it.</summary>
    public Command ToPong() => new(Pong, Data.Length > PingTimeToLive ? Data[PingTimeToLive..] : []);

    public static Command ErrorBecause(string reason) =>
        new(Error, [(byte)Math.Min(reason.Length, byte.MaxValue), .. Encoding.ASCII.GetBytes(reason).Take(byte.MaxValue)]);

    /// <summary>The properties of a READY command; their names compare without case.</summary>
    /// <exception cref="ProtocolException">The list is malformed.</exception>
    public Dictionary<string, byte[]> Properties()
    {
        var properties = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var rest = Data.AsSpan();
        while (rest.Length > 0)
        {
            int nameLength = rest[0];
            if (rest.Length < 1 + nameLength + 4)
                throw new ProtocolException("a property of READY is cut off");
            string name = Encoding.ASCII.GetString(rest.Slice(1, nameLength));
            rest = rest[(1 + nameLength)..];
            uint valueLength = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (rest.Length - 4 < valueLength)
                throw new ProtocolException("a property of READY is cut off");
            properties[name] = rest.Slice(4, (int)valueLength).ToArray();
            rest = rest[(4 + (int)valueLength)..];
        }

        return properties;
    }

    private static void WriteProperty(MemoryStream output, string name, byte[] value)
    {
        output.WriteByte((byte)name.Length);
        output.Write(Encoding.ASCII.GetBytes(name));
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, value.Length);
        output.Write(size);
        output.Write(value);
    }
}
