using System.Net;
using System.Text;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Tests.Zmtp;

/// <summary>Byte for byte what goes over the wire, written out from RFC 23 and RFC 37.</summary>
public sealed class TranscriptTests : IDisposable
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    // Signature, version 3.1, "NULL" in 20 bytes, not a server, 31 bytes of filler.
    private static readonly string GreetingBytes =
        "FF00000000000000007F" + "0301" + "4E554C4C" + new string('0', 32) + "00" + new string('0', 62);

    private readonly RouterSocket _router;
    private readonly PublisherSocket _publisher = new(AnyPort);
    private readonly EchoSocket _echo = new(AnyPort);

    public TranscriptTests()
    {
        _router = new RouterSocket(AnyPort, frames => _router!.Send(frames));
        _router.Start();
        _publisher.Start();
        _echo.Start();
    }

    public void Dispose()
    {
        _router.Dispose();
        _publisher.Dispose();
        _echo.Dispose();
    }

    [Fact]
    public void ARouterGreetsAndSaysThatItIsReady()
    {
        using var peer = new RawPeer(_router.Address);
        peer.Send(RawPeer.Greeting());
        Assert.Equal(GreetingBytes, Convert.ToHexString(peer.Receive(64)));
        Assert.Equal(
            "0429" + "05" + Ascii("READY")
            + "0B" + Ascii("Socket-Type") + "00000006" + Ascii("ROUTER")
            + "08" + Ascii("Identity") + "00000000",
            Convert.ToHexString(peer.Receive(2 + 0x29)));
    }

    [Fact]
    public void APublisherSaysThatItIsReady()
    {
        using var peer = new RawPeer(_publisher.Address);
        peer.Send(RawPeer.Greeting());
        peer.Receive(64);
        Assert.Equal("041A" + "05" + Ascii("READY") + "0B" + Ascii("Socket-Type") + "00000004" + Ascii("XPUB"),
            Convert.ToHexString(peer.Receive(2 + 0x1A)));
    }

    [Fact]
    public void AMessageComesBackFromTheRouterInTheSameFrames()
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER", "me");
        byte[] sent = RawPeer.Message([0x61], [], Enumerable.Repeat((byte)7, 255).ToArray(), Enumerable.Repeat((byte)8, 256).ToArray());
        Assert.Equal("0101" + "61" + "0100" + "01FF", Convert.ToHexString(sent)[..14]);
        peer.Send(sent);
        Assert.Equal(Convert.ToHexString(sent), Convert.ToHexString(peer.Receive(sent.Length)));
    }

    [Fact]
    public void APeerThatSendsOneByteAtATimeIsUnderstood()
    {
        using var peer = new RawPeer(_router.Address);
        foreach (byte b in (byte[])[.. RawPeer.Greeting(), .. RawPeer.Ready("REQ"), .. RawPeer.Message([], [1, 2])])
            peer.Send(b);
        peer.Receive(64);
        peer.ReceiveFrame();
        Assert.Equal("0100" + "00020102", Convert.ToHexString(peer.Receive(6)));
    }

    [Fact]
    public void APingIsAnsweredWithItsContext()
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER");
        peer.Send(Convert.FromHexString("040A" + "04" + Ascii("PING") + "0100" + "AABBCC"));
        Assert.Equal("0408" + "04" + Ascii("PONG") + "AABBCC", Convert.ToHexString(peer.Receive(10)));
    }

    [Fact]
    public void ACommandNobodyKnowsIsIgnored()
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER");
        peer.SendCommand("DANCE", 1, 2, 3);
        peer.SendMessage([1]);
        Assert.Equal("000101", Convert.ToHexString(peer.Receive(3)));
    }

    [Theory]
    [InlineData(0, "0001" + "01", "0001" + "00")] // 3.0: messages that begin with 1 and 0
    [InlineData(1, "040A" + "09" + "535542534352494245", "0407" + "06" + "43414E43454C")] // 3.1: SUBSCRIBE and CANCEL
    public void PeersOfBothVersionsSubscribeAndCancel(byte minor, string subscribe, string cancel)
    {
        using var peer = RawPeer.Connected(_publisher.Address, "SUB", minor: minor);
        peer.Send(Convert.FromHexString(subscribe));
        _publisher.WaitForSubscribers(1, TimeSpan.FromSeconds(20));
        _publisher.Send(["topic"u8.ToArray(), [0x42]]);
        Assert.Equal("0105" + Ascii("topic") + "0001" + "42", Convert.ToHexString(peer.Receive(10)));

        peer.Send(Convert.FromHexString(cancel));
        peer.Send(Convert.FromHexString(minor == 0 ? "0002" + "01" + "7A" : "040B" + "09" + Ascii("SUBSCRIBE") + "7A"));
        while (!peer.HasInput(5))
            _publisher.Send(["z"u8.ToArray()]);
        Assert.Equal("00017A", Convert.ToHexString(peer.Receive(3)));
    }

    [Fact]
    public void TheHeartbeatComesBackWithItsEnvelope()
    {
        using var peer = RawPeer.Connected(_echo.Address, "REQ");
        peer.Send(Convert.FromHexString("0100" + "0004" + Ascii("ping")));
        Assert.Equal("0100" + "0004" + Ascii("ping"), Convert.ToHexString(peer.Receive(8)));
    }

    private static string Ascii(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));
}
