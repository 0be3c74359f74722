using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Something that happens while a command is carried out; see <see cref="Kernel.KernelEvents"/>.</summary>
/// <param name="command">What it follows from.</param>
public abstract class KernelEvent(KernelCommand? command)
{
    /// <summary>What it follows from; null where that is not known.</summary>
    public KernelCommand? Command { get; } = command;

    public override string ToString() => GetType().Name;
}

/// <summary>Something is shown.</summary>
public abstract class DisplayEvent(
    object? value, KernelCommand? command, IReadOnlyCollection<FormattedValue>? formattedValues = null, string? valueId = null) : KernelEvent(command)
{
    /// <summary>The value; null where only what is shown of it is known.</summary>
    public object? Value { get; } = value;

    /// <summary>The value as it is shown, in every MIME type it has.</summary>
    public IReadOnlyCollection<FormattedValue> FormattedValues { get; } = formattedValues ?? [];

    /// <summary>The name under which it is updated.</summary>
    public string? ValueId { get; } = valueId;

    public override string ToString() => $"{GetType().Name}: {FormattedValues.FirstOrDefault(part => part.MimeType == "text/plain")?.Value}";
}

/// <summary>A value is shown. It is shown when it is published, too; see <see cref="KernelInvocationContext.Publish"/>.</summary>
/// <param name="value">The value; formatted as every value where nothing is ready.</param>
/// <param name="command">What it follows from.</param>
/// <param name="formattedValues">The value, ready to be shown.</param>
/// <param name="valueId">The name under which it is updated.</param>
public sealed class DisplayedValueProduced(
    object? value, KernelCommand? command = null, IReadOnlyCollection<FormattedValue>? formattedValues = null, string? valueId = null)
    : DisplayEvent(value, command, formattedValues, valueId);

/// <summary>What was shown is changed.</summary>
public sealed class DisplayedValueUpdated(
    object? value, string valueId, KernelCommand? command = null, IReadOnlyCollection<FormattedValue>? formattedValues = null)
    : DisplayEvent(value, command, formattedValues, valueId);

/// <summary>The value of a cell's last expression.</summary>
public sealed class ReturnValueProduced(object? value, KernelCommand? command = null, IReadOnlyCollection<FormattedValue>? formattedValues = null)
    : DisplayEvent(value, command, formattedValues);

/// <summary>Text is printed.</summary>
public sealed class StandardOutputValueProduced(KernelCommand? command, IReadOnlyCollection<FormattedValue>? formattedValues = null)
    : DisplayEvent(null, command, formattedValues);

/// <summary>Text is printed as an error.</summary>
public sealed class StandardErrorValueProduced(KernelCommand? command, IReadOnlyCollection<FormattedValue>? formattedValues = null)
    : DisplayEvent(null, command, formattedValues);

/// <summary>A cell, or code that one sends, is about to run.</summary>
public sealed class CodeSubmissionReceived(SubmitCode command) : KernelEvent(command)
{
    /// <summary>The code.</summary>
    public string Code { get; } = command.Code;
}

/// <summary>A command was carried out.</summary>
public sealed class CommandSucceeded(KernelCommand? command) : KernelEvent(command);

/// <summary>A command was not carried out, or not to its end.</summary>
public sealed class CommandFailed(Exception? exception, KernelCommand? command, string? message = null) : KernelEvent(command)
{
    public Exception? Exception { get; } = exception;

    /// <summary>One line.</summary>
    public string Message { get; } = message ?? exception?.Message ?? "";

    public override string ToString() => $"{GetType().Name}: {Message}";
}

/// <summary>An error is shown.</summary>
public sealed class ErrorProduced(string message, KernelCommand? command = null) : KernelEvent(command)
{
    /// <summary>One line.</summary>
    public string Message { get; } = message;

    public override string ToString() => $"{GetType().Name}: {Message}";
}

/// <summary>A value of a kernel, as was asked for by <see cref="RequestValue"/>.</summary>
public sealed class ValueProduced(object? value, string name, FormattedValue formattedValue, KernelCommand? command = null) : KernelEvent(command)
{
    public object? Value { get; } = value;

    public string Name { get; } = name;

    public FormattedValue FormattedValue { get; } = formattedValue;
}

/// <summary>The names of a kernel's values, as was asked for by <see cref="RequestValueInfos"/>.</summary>
public sealed class ValueInfosProduced(IReadOnlyCollection<KernelValueInfo> valueInfos, KernelCommand? command = null) : KernelEvent(command)
{
    public IReadOnlyCollection<KernelValueInfo> ValueInfos { get; } = valueInfos;
}
