using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>What cells and extensions of packages ask of a kernel.</summary>
public static class KernelExtensions
{
    /// <summary>The kernel of a language or a connection; null if there is none of that name.</summary>
    public static Kernel? FindKernelByName(this Kernel kernel, string name) =>
        name == kernel.Name ? kernel
        : name == CompositeKernel.RootName ? Kernel.Root
        : ((CompositeKernel)Kernel.Root).Find(name) ?? (Language.Find(name) == Language.CSharp ? Kernel.Current : null);

    /// <summary>The kernels that a condition holds for.</summary>
    public static IEnumerable<Kernel> FindKernels(this Kernel kernel, Func<Kernel, bool> predicate) =>
        kernel is CompositeKernel all ? all.ChildKernels.Prepend(kernel).Where(predicate) : new[] { kernel }.Where(predicate);

    /// <summary>Calls an action for every kernel inside, and for the kernel itself.</summary>
    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit)
    {
        onVisit(kernel);
        kernel.VisitSubkernels(onVisit);
    }

    /// <summary>Calls an action for every kernel inside.</summary>
    public static void VisitSubkernels(this Kernel kernel, Action<Kernel> onVisit)
    {
        foreach (var child in kernel is CompositeKernel all ? all.ChildKernels : [])
            onVisit(child);
    }
}
