using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StyleLab.Jupyter.Tests.Zmtp;

/// <summary>The other end of a ZMTP connection, byte by byte and without any code of the kernel's.</summary>
public sealed class RawPeer : IDisposable
{
    private readonly Socket _socket;

    public RawPeer(EndPoint address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
        _socket.Connect(address);
    }

    /// <summary>A greeting of another implementation: version 3, padding filled as libzmq does it.</summary>
    public static byte[] Greeting(byte minor = 1, string mechanism = "NULL")
    {
        var greeting = new byte[64];
        greeting[0] = 0xFF;
        greeting[8] = 0x01;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        greeting[11] = minor;
        Encoding.ASCII.GetBytes(mechanism).CopyTo(greeting, 12);
        return greeting;
    }

    /// <summary>A peer after the handshake.</summary>
    public static RawPeer Connected(EndPoint address, string socketType, string identity = "", byte minor = 1)
    {
        var peer = new RawPeer(address);
        peer.Send(Greeting(minor));
        peer.Send(Ready(socketType, identity));
        peer.Receive(64);
        var ready = peer.ReceiveFrame();
        Assert.Equal(4, ready.Flags);
        Assert.StartsWith("\u0005READY", Encoding.ASCII.GetString(ready.Body), StringComparison.Ordinal);
        return peer;
    }

    public static byte[] Ready(string socketType, string identity = "")
    {
        byte[] body =
        [
            5, .. "READY"u8,
            11, .. "Socket-Type"u8, 0, 0, 0, (byte)socketType.Length, .. Encoding.ASCII.GetBytes(socketType),
            8, .. "Identity"u8, 0, 0, 0, (byte)identity.Length, .. Encoding.ASCII.GetBytes(identity),
        ];
        return [4, (byte)body.Length, .. body];
    }

    public void Send(params byte[] bytes) => _socket.Send(bytes);

    public void SendMessage(params byte[][] frames) => Send(Message(frames));

    public void SendCommand(string name, params byte[] data) =>
        Send([4, (byte)(1 + name.Length + data.Length), (byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data]);

    public static byte[] Message(params byte[][] frames)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < frames.Length; i++)
        {
            byte more = i < frames.Length - 1 ? (byte)1 : (byte)0;
            long size = frames[i].Length;
            if (size <= 255)
                bytes.AddRange([more, (byte)size]);
            else
                bytes.AddRange([(byte)(more | 2), 0, 0, 0, 0, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size]);
            bytes.AddRange(frames[i]);
        }

        return [.. bytes];
    }

    public byte[] Receive(int count)
    {
        var bytes = new byte[count];
        for (int read = 0; read < count;)
        {
            int got = _socket.Receive(bytes, read, count - read, SocketFlags.None);
            Assert.True(got > 0, "The kernel has closed the connection.");
            read += got;
        }

        return bytes;
    }

    public (byte Flags, byte[] Body) ReceiveFrame()
    {
        byte flags = Receive(1)[0];
        long size = 0;
        foreach (byte b in Receive((flags & 2) != 0 ? 8 : 1))
            size = (size << 8) | b;
        return (flags, Receive((int)size));
    }

    public byte[][] ReceiveMessage()
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var (flags, body) = ReceiveFrame();
            Assert.Equal(0, flags & 4);
            frames.Add(body);
            if ((flags & 1) == 0)
                return [.. frames];
        }
    }

    /// <summary>Whether something arrives within a time.</summary>
    public bool HasInput(int milliseconds) => _socket.Poll(TimeSpan.FromMilliseconds(milliseconds), SelectMode.SelectRead);

    /// <summary>True once the kernel has ended the connection; what it sent before is read.</summary>
    public bool IsClosedByKernel()
    {
        var buffer = new byte[4096];
        try
        {
            while (_socket.Receive(buffer) > 0)
            {
            }

            return true;
        }
        catch (SocketException failed)
        {
            return failed.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    public void Dispose() => _socket.Dispose();
}
