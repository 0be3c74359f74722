using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>A command that was carried out.</summary>
/// <param name="command">The command.</param>
/// <param name="events">What happened meanwhile.</param>
public sealed class KernelCommandResult(KernelCommand command, IReadOnlyList<KernelEvent> events)
{
    public KernelCommand Command { get; } = command;

    /// <summary>What happened meanwhile, in order; a <see cref="CommandSucceeded"/> or <see cref="CommandFailed"/> at the end.</summary>
    public IReadOnlyList<KernelEvent> Events { get; } = events;

    /// <summary>The same for subscribers, who get all of it at once.</summary>
    public KernelEventStream<KernelEvent> KernelEvents => new(observer =>
    {
        foreach (var happened in Events)
            observer.OnNext(happened);
        observer.OnCompleted();
        return new Nothing();
    });

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
