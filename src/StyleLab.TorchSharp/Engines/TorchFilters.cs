using StyleLab.Tensors.Engines;
using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>
/// The filters of a convolution. On the CPU those that read a number of channels that is no multiple of 16 read zeros beside them: oneDNN 3.7, as
/// libtorch 2.10 has it, would itself fill up with whatever is in memory, seen on a processor of AMD with AVX2 and AVX-512, where a fifth of the
/// result was wrong or all of it no number.
/// </summary>
/// <param name="Forward">K×C×k×k, C filled up; for what reads the map.</param>
/// <param name="Backward">K×C×k×k, K filled up; for what reads the gradient.</param>
internal sealed record TorchFilters(torch.Tensor Forward, torch.Tensor Backward) : IFilters
{
    private const long Together = 16;

    /// <summary>Height and width of a filter.</summary>
    public int Size => (int)Forward.shape[2];

    /// <summary>Filters K×C×k×k on a device.</summary>
    public static TorchFilters Of(torch.Tensor filters)
    {
        bool isHere = filters.device_type == DeviceType.CPU;
        long outputs = isHere ? Missing(filters.shape[0]) : 0;
        // The three of a picture are read as they are.
        long inputs = isHere && filters.shape[1] != 3 ? Missing(filters.shape[1]) : 0;
        return new(Filled([0, 0, 0, 0, 0, inputs]), Filled([0, 0, 0, 0, 0, 0, 0, outputs]));

        torch.Tensor Filled(long[] widths) => (widths[^1] == 0 ? filters : torch.nn.functional.pad(filters, widths)).DetachFromDisposeScope();
    }

    private static long Missing(long channels) => (Together - channels % Together) % Together;
}
