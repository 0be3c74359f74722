using System.Runtime.CompilerServices;
using StyleLab.LibTorch;

namespace StyleLab.TorchSharp.Tests;

internal static class Loading
{
    /// <summary>Before any test: one that uses torch itself, and first, would let TorchSharp look for libtorch in its own way.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        try
        {
            Libtorch.Require();
        }
        catch (StyleLabException)
        {
            // Said by the tests that need it.
        }
    }
}
