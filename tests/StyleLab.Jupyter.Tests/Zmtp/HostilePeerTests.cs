using System.Net;
using System.Net.Sockets;
using System.Text;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Tests.Zmtp;

/// <summary>Whoever breaks the protocol is disconnected, and nobody else notices.</summary>
public sealed class HostilePeerTests : IDisposable
{
    private readonly RouterSocket _router;

    public HostilePeerTests()
    {
        _router = new RouterSocket(new IPEndPoint(IPAddress.Loopback, 0), frames => _router!.Send(frames));
        _router.Start();
    }

    public void Dispose()
    {
        AssertStillServes();
        _router.Dispose();
    }

    [Fact]
    public void AWebBrowserIsRefused()
    {
        using var peer = new RawPeer(_router.Address);
        peer.Send(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n"));
        Assert.True(peer.IsClosedByKernel());
    }

    [Fact]
    public void AnOlderVersionIsRefused()
    {
        using var peer = new RawPeer(_router.Address);
        var greeting = RawPeer.Greeting();
        greeting[10] = 2;
        peer.Send(greeting);
        Assert.True(peer.IsClosedByKernel());
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("CURVE")]
    [InlineData("NULLX")]
    public void AnotherMechanismIsRefused(string mechanism)
    {
        using var peer = new RawPeer(_router.Address);
        peer.Send(RawPeer.Greeting(mechanism: mechanism));
        Assert.True(peer.IsClosedByKernel());
    }

    [Fact]
    public void AnotherSocketTypeIsToldAndRefused()
    {
        using var peer = new RawPeer(_router.Address);
        peer.Send(RawPeer.Greeting());
        peer.Send(RawPeer.Ready("SUB"));
        peer.Receive(64);
        peer.ReceiveFrame();
        Assert.Equal("\u0005ERROR\u0013Invalid socket type", Encoding.ASCII.GetString(peer.ReceiveFrame().Body));
        Assert.True(peer.IsClosedByKernel());
    }

    [Theory]
    [InlineData("02" + "7FFFFFFFFFFFFFFF")] // A frame of nearly all the bytes there are.
    [InlineData("02" + "FFFFFFFFFFFFFFFF")]
    [InlineData("F0" + "00")] // Flags that mean nothing.
    [InlineData("05" + "00")] // A command that says it goes on.
    [InlineData("04" + "00")] // A command without a name.
    [InlineData("04" + "02" + "FF41")] // A name longer than the command.
    public void AMalformedFrameEndsTheConnection(string bytes)
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER");
        peer.Send(Convert.FromHexString(bytes));
        Assert.True(peer.IsClosedByKernel());
    }

    [Theory]
    [InlineData("0408" + "05" + "5245414459" + "FF41")] // A property name longer than the command.
    [InlineData("040C" + "05" + "5245414459" + "01" + "41" + "FFFFFFFF")] // A value of four gigabytes.
    [InlineData("0406" + "05" + "5245414459")] // No socket type.
    [InlineData("0003" + "414243")] // A message before the handshake.
    [InlineData("06" + "0000000040000000")] // A command of a gigabyte.
    public void AMalformedHandshakeEndsTheConnection(string bytes)
    {
        using var peer = new RawPeer(_router.Address);
        peer.Send(RawPeer.Greeting());
        peer.Send(Convert.FromHexString(bytes));
        Assert.True(peer.IsClosedByKernel());
    }

    [Fact]
    public void AMessageOfEndlessFramesEndsTheConnection()
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER");
        peer.Send([.. Enumerable.Repeat<byte[]>([1, 0], 2000).SelectMany(frame => frame)]);
        Assert.True(peer.IsClosedByKernel());
    }

    [Fact]
    public void HalfAMessageIsNeverSeen()
    {
        using (var peer = RawPeer.Connected(_router.Address, "DEALER", "half"))
            peer.Send(1, 1, 0x61, 0, 200, 1, 2, 3);

        // The same name again: nothing of the first half is left.
        using var again = RawPeer.Connected(_router.Address, "DEALER", "half");
        again.SendMessage([9]);
        Assert.Equal([9], Assert.Single(again.ReceiveMessage()));
    }

    [Fact]
    public void AClaimOfMuchDataReservesNoMemory()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var peers = Enumerable.Range(0, 20).Select(_ => RawPeer.Connected(_router.Address, "DEALER")).ToList();
        foreach (var peer in peers)
            peer.Send([2, 0, 0, 0, 0, 0x0F, 0, 0, 0, 1, 2, 3]); // 240 MB announced, three bytes sent.
        AssertStillServes();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: false) - before, long.MinValue, 100 << 20);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public void AThousandSilentConnectionsKeepNobodyOut()
    {
        var silent = new List<RawPeer>();
        for (int i = 0; i < 1000; i++)
            silent.Add(new RawPeer(_router.Address));
        AssertStillServes();
        silent.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public void OnlyTheGivenAddressIsListenedOn()
    {
        var other = new IPEndPoint(IPAddress.Parse("127.0.0.2"), ((IPEndPoint)_router.Address).Port);
        Assert.Throws<SocketException>(() => new RawPeer(other).Dispose());
    }

    private void AssertStillServes()
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER");
        peer.SendMessage([1, 2, 3]);
        Assert.Equal([1, 2, 3], Assert.Single(peer.ReceiveMessage()));
    }
}
