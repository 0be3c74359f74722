using System.Net;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Tests.Zmtp;

/// <summary>Where more connect than are served at the same time, those go who are no clients.</summary>
public sealed class CrowdTests : IDisposable
{
    private const int Crowd = ListeningSocket.MaxConnections + 20;

    private readonly KernelFixture _kernel = new();

    public void Dispose() => _kernel.Dispose();

    private static IPEndPoint AnyPort => new(IPAddress.Loopback, 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IdleConnectionsOnEveryChannelKeepNoClientOut(bool subscribed)
    {
        var connection = _kernel.Connection;
        var first = _kernel.Connect($"first {subscribed}");
        Assert.Equal("ok", (string?)first.Run("1").Reply["status"]);
        var idle = new List<RawPeer>();
        foreach (var (port, type) in new[]
        {
            (connection.ShellPort, "DEALER"), (connection.ControlPort, "DEALER"), (connection.StdinPort, "DEALER"),
            (connection.IopubPort, "SUB"), (connection.HeartbeatPort, "REQ"),
        })
        {
            for (int i = 0; i < Crowd; i++)
            {
                idle.Add(RawPeer.Connected(JupyterClient.At(port), type));
                if (subscribed && type == "SUB")
                    idle[^1].SendCommand("SUBSCRIBE");
            }
        }

        var second = _kernel.Connect($"second {subscribed}");
        Assert.Equal("ok", (string?)second.Run("2").Reply["status"]);
        Assert.Equal("ok", (string?)first.Ask("kernel_info_request")["status"]);
        first.Send(first.Control, "kernel_info_request");
        Assert.Equal("kernel_info_reply", first.Receive(first.Control).Type);
        using var heart = RawPeer.Connected(JupyterClient.At(connection.HeartbeatPort), "REQ");
        heart.SendMessage([], [7]);
        Assert.Equal([[], [7]], heart.ReceiveMessage());
        idle.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public void AClientThatIsAskedNothingKeepsItsPlaceByItsName()
    {
        var clients = new ClientNames();
        using var requests = new RouterSocket(AnyPort, _ => true, clients);
        using var questions = new RouterSocket(AnyPort, _ => false, clients);
        requests.Start();
        questions.Start();
        using var asks = RawPeer.Connected(requests.Address, "DEALER", "known");
        using var isAsked = RawPeer.Connected(questions.Address, "DEALER", "known");
        asks.SendMessage([1]);
        WaitUntil(() => clients.Contains("known"u8.ToArray()));
        var crowd = Enumerable.Range(0, Crowd).Select(i => RawPeer.Connected(questions.Address, "DEALER", $"unknown {i}")).ToList();
        Assert.Equal(ListeningSocket.MaxConnections, questions.PeerCount);
        Assert.True(questions.Send(["known"u8.ToArray(), [5]]));
        Assert.Equal([5], Assert.Single(isAsked.ReceiveMessage()));
        Assert.True(crowd[0].IsClosedByKernel());
        crowd.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public void OfClientsTheOneGoesThatWasSilentForLongest()
    {
        using var router = new RouterSocket(AnyPort, frames => frames[^1] is [1]);
        router.Start();
        var clients = new List<RawPeer>();
        for (int i = 0; i < ListeningSocket.MaxConnections; i++)
            clients.Add(RawPeer.Connected(router.Address, "DEALER", $"client {i}"));
        foreach (var client in clients.Skip(1).Append(clients[0]))
        {
            Thread.Sleep(client == clients[2] || client == clients[0] ? 40 : 0); // The clock ticks every few milliseconds.
            client.SendMessage([1]);
        }

        WaitUntil(() => router.PeerCount == ListeningSocket.MaxConnections);
        Thread.Sleep(100);
        using var last = RawPeer.Connected(router.Address, "DEALER", "last");
        Assert.True(clients[1].IsClosedByKernel());
        WaitUntil(() => router.Send(["last"u8.ToArray(), [2]]));
        Assert.Equal([2], Assert.Single(last.ReceiveMessage()));
        Assert.True(router.Send(["client 0"u8.ToArray(), [3]]));
        Assert.Equal([3], Assert.Single(clients[0].ReceiveMessage()));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void ASubscriberOutlivesACrowdThatSubscribes()
    {
        using var publisher = new PublisherSocket(AnyPort);
        publisher.Start();
        using var subscriber = RawPeer.Connected(publisher.Address, "SUB");
        subscriber.SendCommand("SUBSCRIBE");
        publisher.WaitForSubscribers(1, TimeSpan.FromSeconds(20));
        var crowd = Enumerable.Range(0, Crowd).Select(_ => RawPeer.Connected(publisher.Address, "SUB")).ToList();
        foreach (var peer in crowd)
            peer.SendCommand("SUBSCRIBE");
        publisher.WaitForSubscribers(ListeningSocket.MaxConnections, TimeSpan.FromSeconds(20));

        using var late = RawPeer.Connected(publisher.Address, "SUB");
        late.SendCommand("SUBSCRIBE", 9);
        WaitUntil(() =>
        {
            publisher.Send([[9]]);
            return late.HasInput(20);
        });
        Assert.Equal([9], Assert.Single(subscriber.ReceiveMessage()));
        crowd.ForEach(peer => peer.Dispose());
    }

    private static void WaitUntil(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)));
}
