using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace StyleLab.Notebooks;

/// <summary>A language that the notebook itself has brought, as a kernel (see <see cref="CompositeKernel.Add"/>).</summary>
internal sealed class KernelLanguage(Kernel kernel) : ICellLanguage
{
    public Language Language { get; } = new(kernel.Name, kernel.Name, []);

    public IReadOnlyList<string> Options => [];

    public IEnumerable<string> Names => [];

    public void Run(ILanguageCell cell, string text, int line, IReadOnlyDictionary<string, string> options)
    {
        var handler = (IKernelCommandHandler<SubmitCode>)kernel;
        cell.RunStoppably(() => handler.HandleAsync(new SubmitCode(text, kernel.Name), KernelInvocationContext.Current!));
    }

    public object? Value(string name) => throw new NotebookException($"The kernel {kernel.Name} shares no values.");

    public void Take(ILanguageCell cell, string name, object? value) => throw new NotebookException($"The kernel {kernel.Name} takes no values.");
}
