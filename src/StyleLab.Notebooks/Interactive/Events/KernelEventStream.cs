using System.Collections.Immutable;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Events as they happen. Subscribers are called on the thread of whatever causes them.</summary>
public sealed class KernelEventStream<T> : IObservable<T>
{
    private readonly Func<IObserver<T>, IDisposable> _subscribe;

    internal KernelEventStream(Func<IObserver<T>, IDisposable> subscribe) => _subscribe = subscribe;

    /// <summary>Calls an observer for each event from now on.</summary>
    /// <returns>To be disposed of when it is to hear no more.</returns>
    public IDisposable Subscribe(IObserver<T> observer) => _subscribe(observer);

    /// <summary>Calls an action for each event from now on.</summary>
    /// <returns>To be disposed of when it is to hear no more.</returns>
    public IDisposable Subscribe(Action<T> onNext) => _subscribe(new Calling<T>(onNext));

    /// <summary>Only the events of one type.</summary>
    public KernelEventStream<TEvent> OfType<TEvent>() => new(observer => _subscribe(new Calling<T>(heard =>
    {
        if (heard is TEvent wanted)
            observer.OnNext(wanted);
    })));

    private sealed class Calling<TEvent>(Action<TEvent> onNext) : IObserver<TEvent>
    {
        public void OnNext(TEvent value) => onNext(value);

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}

/// <summary>Where the events of a session begin.</summary>
internal sealed class KernelEventSource
{
    // What a subscriber does is not heard by subscribers, or one that prints what it hears would never end.
    [ThreadStatic]
    private static bool t_isCalling;

    private ImmutableList<IObserver<KernelEvent>> _observers = [];

    /// <summary>Whether anybody would hear an event of this thread.</summary>
    public bool IsHeard => !_observers.IsEmpty && !t_isCalling;

    public KernelEventStream<KernelEvent> Stream => new(Subscribe);

    public void Publish(KernelEvent happened)
    {
        if (!IsHeard)
            return;
        t_isCalling = true;
        try
        {
            foreach (var observer in _observers)
                observer.OnNext(happened);
        }
        catch (Exception thrown)
        {
            // Whoever caused the event can do nothing about it.
            if (thrown is not OperationCanceledException)
                Console.Error.WriteLine($"A subscriber of KernelEvents failed: {thrown.Message}");
        }
        finally
        {
            t_isCalling = false;
        }
    }

    private Subscription Subscribe(IObserver<KernelEvent> observer)
    {
        ImmutableInterlocked.Update(ref _observers, observers => observers.Add(observer));
        return new Subscription(() => ImmutableInterlocked.Update(ref _observers, observers => observers.Remove(observer)));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
