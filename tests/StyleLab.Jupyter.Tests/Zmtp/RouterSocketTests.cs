using System.Collections.Concurrent;
using System.Net;
using System.Text;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Tests.Zmtp;

public sealed class RouterSocketTests : IDisposable
{
    private readonly BlockingCollection<byte[][]> _received = new();
    private readonly RouterSocket _router;

    public RouterSocketTests()
    {
        _router = new RouterSocket(new IPEndPoint(IPAddress.Loopback, 0), frames => _received.TryAdd(frames));
        _router.Start();
    }

    public void Dispose() => _router.Dispose();

    [Fact]
    public void APortThatAPassingConnectionHoldsIsWaitedFor()
    {
        var passing = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        passing.Start();
        var address = (IPEndPoint)passing.LocalEndpoint;
        using var release = new Timer(_ => passing.Stop(), null, 200, Timeout.Infinite);
        using var socket = new RouterSocket(address, _ => true);
        Assert.Equal(address, socket.Address);
    }

    [Fact]
    public void AMessageArrivesUnderTheNameOfItsPeer()
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER", "alice");
        peer.SendMessage([1], [2]);
        Assert.Equal(["616C696365", "01", "02"], _received.Take(TestContext.Current.CancellationToken).Select(Convert.ToHexString));
    }

    [Fact]
    public void ANamelessPeerGetsAName()
    {
        using var peer = RawPeer.Connected(_router.Address, "DEALER");
        peer.SendMessage([1]);
        var identity = _received.Take(TestContext.Current.CancellationToken)[0];
        Assert.Equal(0, identity[0]);
        Assert.True(_router.Send([identity, [5]]));
        Assert.Equal([5], Assert.Single(peer.ReceiveMessage()));
    }

    [Fact]
    public void WhoComesBackUnderTheSameNameTakesOver()
    {
        using var before = RawPeer.Connected(_router.Address, "DEALER", "alice");
        before.SendMessage([1]);
        _received.Take(TestContext.Current.CancellationToken);
        using var after = RawPeer.Connected(_router.Address, "DEALER", "alice");
        after.SendMessage([2]);
        _received.Take(TestContext.Current.CancellationToken);

        Assert.True(_router.Send([Encoding.ASCII.GetBytes("alice"), [7]]));
        Assert.Equal([7], Assert.Single(after.ReceiveMessage()));
        Assert.True(before.IsClosedByKernel());
    }

    [Fact]
    public void AMessageToNobodyIsDropped() => Assert.False(_router.Send([[1, 2, 3], [4]]));

    [Fact]
    public void APeerThatDoesNotReadBlocksNobody()
    {
        using var deaf = RawPeer.Connected(_router.Address, "DEALER", "deaf");
        deaf.SendMessage([1]);
        _received.Take(TestContext.Current.CancellationToken);

        bool accepted = true;
        var megabyte = new byte[1 << 20];
        for (int i = 0; i < 200 && accepted; i++)
            accepted = _router.Send([Encoding.ASCII.GetBytes("deaf"), megabyte]);
        Assert.False(accepted);
    }
}
