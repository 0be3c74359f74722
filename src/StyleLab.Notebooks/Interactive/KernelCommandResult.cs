using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>A command that was carried out.</summary>
/// <param name="command">The command.</param>
public sealed class KernelCommandResult(KernelCommand command)
{
    public KernelCommand Command { get; } = command;
}
