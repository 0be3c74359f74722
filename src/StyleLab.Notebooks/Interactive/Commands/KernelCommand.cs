using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Something that a cell can ask its kernel to do; see <see cref="Kernel.SendAsync"/>.</summary>
public abstract class KernelCommand
{
    private protected KernelCommand()
    {
    }

    internal abstract Task RunAsync(CellContext cell);
}

/// <summary>Runs code.</summary>
/// <param name="code">A cell's text; <c>#!</c> lines too.</param>
/// <param name="targetKernelName">The language, such as "csharp" or "html"; C# if not given.</param>
public sealed class SubmitCode(string code, string? targetKernelName = null) : KernelCommand
{
    public string Code { get; } = code;

    public string? TargetKernelName { get; } = targetKernelName;

    internal override Task RunAsync(CellContext cell) => cell.RunInside!(Code, TargetKernelName);
}

/// <summary>Shows content below the cell.</summary>
/// <param name="formattedValue">The content.</param>
public sealed class DisplayValue(FormattedValue formattedValue) : KernelCommand
{
    public FormattedValue FormattedValue { get; } = formattedValue;

    internal override Task RunAsync(CellContext cell)
    {
        DisplayedValue.Show(FormattedValue, [], cell);
        return Task.CompletedTask;
    }
}
