using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>
/// Something that a cell can ask its kernel to do; see <see cref="Kernel.SendAsync"/>. A notebook's own commands derive from this, and
/// have a <see cref="Handler"/> or one that was registered with <see cref="Kernel.RegisterCommandHandler"/>.
/// </summary>
public abstract class KernelCommand(string? targetKernelName = null)
{
    /// <summary>The kernel that is to do it; null for C#.</summary>
    public string? TargetKernelName { get; set; } = targetKernelName;

    /// <summary>What it does; null where the kernel knows.</summary>
    public Func<KernelCommand, KernelInvocationContext, Task>? Handler { get; set; }

    public override string ToString() => GetType().Name;

    /// <summary>What the kernel does of itself.</summary>
    internal virtual Task RunAsync(CellContext cell) => throw new NotebookException(
        $"Nothing handles {GetType().Name}; give it a Handler, or register one: kernel.RegisterCommandHandler<{GetType().Name}>((command, context) => …).");
}

/// <summary>Runs code.</summary>
/// <param name="code">A cell's text; <c>#!</c> lines too.</param>
/// <param name="targetKernelName">The language, such as "csharp" or "html"; C# if not given.</param>
public sealed class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string Code { get; } = code;

    public override string ToString() => $"{nameof(SubmitCode)}: {Code.ReplaceLineEndings(" ")}";

    internal override Task RunAsync(CellContext cell)
    {
        cell.Items.Of<SessionKernels>().Events.Publish(new CodeSubmissionReceived(this));
        return cell.RunInside!(Code, TargetKernelName == CompositeKernel.RootName ? null : TargetKernelName);
    }
}

/// <summary>Shows content below the cell.</summary>
/// <param name="formattedValue">The content.</param>
/// <param name="valueId">The name under which it can be updated.</param>
public sealed class DisplayValue(FormattedValue formattedValue, string? valueId = null) : KernelCommand
{
    public FormattedValue FormattedValue { get; } = formattedValue;

    public string? ValueId { get; } = valueId;

    internal override Task RunAsync(CellContext cell)
    {
        var shown = DisplayedValue.Show(FormattedValue, [], cell);
        if (ValueId != null)
            cell.Items.Of<SessionKernels>().Displays[ValueId] = shown;
        return Task.CompletedTask;
    }
}

/// <summary>Changes what <see cref="DisplayValue"/> has shown.</summary>
public sealed class UpdateDisplayedValue(FormattedValue formattedValue, string valueId) : KernelCommand
{
    public FormattedValue FormattedValue { get; } = formattedValue;

    public string ValueId { get; } = valueId;

    internal override Task RunAsync(CellContext cell)
    {
        if (!cell.Items.Of<SessionKernels>().Displays.TryGetValue(ValueId, out var shown))
            throw new NotebookException($"Nothing is shown under the name {ValueId}.");
        shown.Update(FormattedValue);
        return Task.CompletedTask;
    }
}

/// <summary>Asks for a value; the answer is a <see cref="ValueProduced"/>.</summary>
public sealed class RequestValue(string name, string? mimeType = null, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string Name { get; } = name;

    public string? MimeType { get; } = mimeType;

    internal override Task RunAsync(CellContext cell)
    {
        var kernels = cell.Items.Of<SessionKernels>();
        object? value = kernels.Value(TargetKernelName, Name);
        string type = MimeType ?? MimeTypes.Json;
        string text = type == MimeTypes.Json ? System.Text.Json.JsonSerializer.Serialize(value) : value.ToDisplayString(type);
        kernels.Events.Publish(new ValueProduced(value, Name, new FormattedValue(type, text), this));
        return Task.CompletedTask;
    }
}

/// <summary>Asks for the names of the values; the answer is a <see cref="ValueInfosProduced"/>.</summary>
public sealed class RequestValueInfos(string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    internal override Task RunAsync(CellContext cell)
    {
        var kernels = cell.Items.Of<SessionKernels>();
        kernels.Events.Publish(new ValueInfosProduced(kernels.ValueInfos(TargetKernelName), this));
        return Task.CompletedTask;
    }
}

/// <summary>Declares a variable.</summary>
public sealed class SendValue(string name, object? value, FormattedValue? formattedValue = null, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string Name { get; } = name;

    public object? Value { get; } = value ?? formattedValue?.Value;

    internal override Task RunAsync(CellContext cell) => cell.Items.Of<SessionKernels>().SetValueAsync(TargetKernelName, Name, Value);
}

/// <summary>Offers code to the user: a front end of .NET Interactive adds a cell, here it stands below this one.</summary>
/// <param name="kernelName">The language.</param>
/// <param name="code">The code; it is not run.</param>
public sealed class SendEditableCode(string kernelName, string code) : KernelCommand
{
    public string KernelName { get; } = kernelName;

    public string Code { get; } = code;

    internal override Task RunAsync(CellContext cell)
    {
        bool isText = Language.Find(KernelName) == Language.Markdown;
        string fence = new('`', Math.Max(3, 1 + Code.Split('\n').Max(line => line.TakeWhile(c => c == '`').Count())));
        DisplayedValue.Show(new FormattedValue(MimeTypes.Markdown, isText ? Code : $"{fence}{KernelName}\n{Code}\n{fence}"), [], cell);
        return Task.CompletedTask;
    }
}
