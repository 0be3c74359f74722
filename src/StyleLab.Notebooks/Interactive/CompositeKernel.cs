using System.Collections;
using Microsoft.DotNet.Interactive.Commands;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>Holds a kernel for each language that cells can be written in.</summary>
public sealed class CompositeKernel : Kernel, IEnumerable<Kernel>
{
    internal const string RootName = ".NET";

    internal CompositeKernel()
        : base(RootName)
    {
    }

    /// <summary>Nothing holds this one.</summary>
    public override CompositeKernel? ParentKernel => null;

    /// <summary>The language of cells that do not say which.</summary>
    public string DefaultKernelName => Language.CSharp.Name;

    /// <summary>A kernel for each language, connection, and kernel of the notebook's own.</summary>
    public IReadOnlyCollection<Kernel> ChildKernels => [.. Names().Select(name => Find(name)!)];

    /// <summary>Adds a kernel of the notebook's own: cells that begin with <c>#!</c> and its name are given to it.</summary>
    /// <param name="kernel">Handles <see cref="SubmitCode"/>.</param>
    public void Add(Kernel kernel)
    {
        if (kernel is not IKernelCommandHandler<SubmitCode>)
            throw new NotebookException($"{kernel.GetType().Name} runs no code; let it implement IKernelCommandHandler<SubmitCode>.");
        Session.Add(kernel);
    }

    public IEnumerator<Kernel> GetEnumerator() => ChildKernels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The kernel of that name or alias; null if there is none.</summary>
    internal Kernel? Find(string name)
    {
        if (CellContext.Current is not { } cell || cell.Items.Of<SessionKernels>() is not { Values: { } values } kernels)
            return null;
        return kernels.Own.FirstOrDefault(known => known.Name == name)
            ?? (values.KernelOf(name) is not { } known ? null : known == Current.Name ? Current : new LanguageKernel(known));
    }

    private static IEnumerable<string> Names() => Session.Own.Select(kernel => kernel.Name).Concat(Session.Values?.Kernels ?? []).Distinct();
}

/// <summary>Runs cells of a language other than C#.</summary>
internal sealed class LanguageKernel(string name) : Kernel(name);

/// <summary>Handles commands of one type.</summary>
public interface IKernelCommandHandler<in TCommand> where TCommand : KernelCommand
{
    /// <summary>Carries a command out.</summary>
    /// <param name="command">What is to be done.</param>
    /// <param name="context">The cell that it is done for: shows, prints and publishes.</param>
    Task HandleAsync(TCommand command, KernelInvocationContext context);
}
