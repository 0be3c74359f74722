using System.Runtime.InteropServices;
using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>
/// Switches of libtorch that PyTorch has under <c>torch.backends</c> and TorchSharp has not: functions of libtorch itself, called by the names that
/// the compilers of Linux and macOS give them. Where they are not found, nothing is switched.
/// </summary>
internal static unsafe class TorchContext
{
    private static readonly nint s_library = Library();
    private static readonly nint s_context = Context();

    /// <summary>NNPACK says at every convolution that it does not know a newer processor, on the standard error; it would serve batches of 16 and more.</summary>
    public static void SilenceNnpack() => Set(Function("_ZN2at7Context20setUserEnabledNNPACKEb"), false);

    /// <summary>Lets cuDNN use only what adds in a fixed order.</summary>
    public static void FixOrderOfCudnn() => Set(Function("_ZN2at7Context21setDeterministicCuDNNEb"), true);

    private static void Set(nint function, bool value)
    {
        if (function != 0 && s_context != 0)
            ((delegate* unmanaged<nint, byte, void>)function)(s_context, value ? (byte)1 : (byte)0);
    }

    private static nint Context() => Function("_ZN2at13globalContextEv") is var function and not 0 ? ((delegate* unmanaged<nint>)function)() : 0;

    private static nint Function(string name) => s_library != 0 && NativeLibrary.TryGetExport(s_library, name, out nint function) ? function : 0;

    private static nint Library()
    {
        if (OperatingSystem.IsWindows())
            return 0;
        // Loaded already: the name is enough.
        return NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out nint library)
            || LibtorchFolders.Find("torch_cpu") is { } file && NativeLibrary.TryLoad(file, out library) ? library : 0;
    }
}
