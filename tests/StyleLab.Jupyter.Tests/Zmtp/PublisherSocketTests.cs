using System.Net;
using System.Text;
using StyleLab.Jupyter.Zmtp;

namespace StyleLab.Jupyter.Tests.Zmtp;

public sealed class PublisherSocketTests : IDisposable
{
    private readonly PublisherSocket _publisher = new(new IPEndPoint(IPAddress.Loopback, 0));
    private int _subscribers;

    public PublisherSocketTests() => _publisher.Start();

    public void Dispose() => _publisher.Dispose();

    [Fact]
    public void APeerGetsWhatBeginsWithItsTopic()
    {
        using var errors = Subscriber("err");
        using var all = Subscriber("");
        Publish("out");
        Publish("err");
        Publish("error");
        Assert.Equal(["err", "error"], Texts(errors, 2));
        Assert.Equal(["out", "err", "error"], Texts(all, 3));
    }

    [Fact]
    public void TheSameTopicTwiceNeedsTwoCancels()
    {
        using var peer = Subscriber("a");
        peer.SendCommand("SUBSCRIBE", (byte)'a');
        peer.SendCommand("CANCEL", (byte)'a');
        peer.SendCommand("SUBSCRIBE", (byte)'z');
        WaitUntilSubscribed(peer, "z");
        Publish("a");
        Assert.Equal(["a"], Texts(peer, 1));
    }

    [Fact]
    public void ASubscriberThatDoesNotReadDelaysNobody()
    {
        using var deaf = Subscriber("");
        using var listener = Subscriber("");
        var megabyte = new byte[1 << 20];
        for (int i = 0; i < 150; i++)
        {
            _publisher.Send([[(byte)i], megabyte]);
            Assert.Equal(i, listener.ReceiveMessage()[0][0]);
        }
    }

    private RawPeer Subscriber(string topic)
    {
        var peer = RawPeer.Connected(_publisher.Address, "SUB");
        peer.SendCommand("SUBSCRIBE", Encoding.ASCII.GetBytes(topic));
        _publisher.WaitForSubscribers(++_subscribers, TimeSpan.FromSeconds(20));
        return peer;
    }

    private void Publish(string topic) => _publisher.Send([Encoding.ASCII.GetBytes(topic)]);

    private void WaitUntilSubscribed(RawPeer peer, string topic)
    {
        while (!peer.HasInput(5))
            Publish(topic);
        while (peer.HasInput(100))
            peer.ReceiveMessage();
    }

    private static List<string> Texts(RawPeer peer, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Encoding.ASCII.GetString(peer.ReceiveMessage()[0]))];
}
