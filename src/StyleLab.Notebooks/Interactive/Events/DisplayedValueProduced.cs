using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>A value that is shown when it is published; see <see cref="KernelInvocationContext.Publish"/>.</summary>
/// <param name="value">The value; formatted as every value where nothing is ready.</param>
/// <param name="command">What it follows from.</param>
/// <param name="formattedValues">The value, ready to be shown.</param>
public sealed class DisplayedValueProduced(
    object? value, KernelCommand? command = null, IReadOnlyCollection<FormattedValue>? formattedValues = null)
{
    public object? Value { get; } = value;

    public KernelCommand? Command { get; } = command;

    public IReadOnlyCollection<FormattedValue> FormattedValues { get; } = formattedValues ?? [];
}
