using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>What extensions of packages ask of a kernel.</summary>
public static class KernelExtensions
{
    /// <summary>The kernel of a language; null where it is not C#.</summary>
    public static Kernel? FindKernelByName(this Kernel kernel, string name) =>
        name == ".NET" || Language.Find(name) == Language.CSharp ? kernel : null;

    /// <summary>Calls an action for every kernel, of which there is one.</summary>
    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit) => onVisit(kernel);
}
