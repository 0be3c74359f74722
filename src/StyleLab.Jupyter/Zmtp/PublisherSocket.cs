using System.Net;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>Sends each message to every peer that subscribed to the beginning of its first frame.</summary>
internal sealed class PublisherSocket(EndPoint address) : ListeningSocket(SocketType.Publisher, address)
{
    private const int MaxTopics = 1000;

    private readonly Dictionary<Connection, List<byte[]>> _subscriptions = [];
    private IReadOnlyList<byte[]>? _welcome;

    /// <summary>The message a peer gets when it subscribes; null for none.</summary>
    public IReadOnlyList<byte[]>? Welcome
    {
        set
        {
            lock (_subscriptions)
                _welcome = value;
        }
    }

    /// <summary>Waits until this many peers have subscribed to something, at most for the given time.</summary>
    public void WaitForSubscribers(int count, TimeSpan atMost)
    {
        long deadline = Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        lock (_subscriptions)
        {
            while (_subscriptions.Count < count
                && deadline - Environment.TickCount64 is var left and > 0
                && Monitor.Wait(_subscriptions, (int)left))
            {
            }
        }
    }

    /// <summary>Sends a message to its subscribers. Never waits: a subscriber that does not keep up misses it.</summary>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        var message = Connection.Encode(frames);
        lock (_subscriptions)
        {
            foreach (var (peer, topics) in _subscriptions)
            {
                if (Matches(topics, frames[0]))
                    peer.TrySend(message);
            }
        }
    }

    // Peers of version 3.0 subscribe by messages, those of 3.1 by commands.
    protected override void OnMessage(Connection peer, byte[][] frames)
    {
        switch (frames[0])
        {
            case [1, .. var topic]:
                Subscribe(peer, topic);
                break;
            case [0, .. var topic]:
                Cancel(peer, topic);
                break;
        }
    }

    protected override void OnCommand(Connection peer, Command command)
    {
        if (command.Name == Command.Subscribe)
            Subscribe(peer, command.Data);
        else if (command.Name == Command.Cancel)
            Cancel(peer, command.Data);
    }

    protected override void OnClosed(Connection peer)
    {
        lock (_subscriptions)
            _subscriptions.Remove(peer);
    }

    // Subscribers say nothing more, so that only their age tells something: those who come in a flood are the youngest.
    protected override Connection LeastNeeded(IReadOnlyList<Connection> peers) => peers[^1];

    private static bool Matches(List<byte[]> topics, ReadOnlySpan<byte> frame)
    {
        foreach (var topic in topics)
        {
            if (frame.StartsWith(topic))
                return true;
        }

        return false;
    }

    private void Subscribe(Connection peer, byte[] topic)
    {
        lock (_subscriptions)
        {
            if (!_subscriptions.TryGetValue(peer, out var topics))
                _subscriptions[peer] = topics = [];
            if (topics.Count == MaxTopics)
                throw new ProtocolException($"more than {MaxTopics} subscriptions");

            // The same topic twice needs two cancels.
            topics.Add(topic);
            peer.IsKnown = true;
            if (_welcome != null && topics.Count == 1 && Matches(topics, _welcome[0]))
                peer.TrySend(Connection.Encode(_welcome));
            Monitor.PulseAll(_subscriptions);
        }
    }

    private void Cancel(Connection peer, byte[] topic)
    {
        lock (_subscriptions)
        {
            if (_subscriptions.GetValueOrDefault(peer) is { } topics
                && topics.FindIndex(t => t.AsSpan().SequenceEqual(topic)) is var at and >= 0)
                topics.RemoveAt(at);
        }
    }
}
