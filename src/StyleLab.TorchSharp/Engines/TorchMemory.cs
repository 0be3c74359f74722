using System.Runtime.InteropServices;
using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>Numbers from .NET's memory into tensors of float32 and back. TorchSharp's own ways go number by number, or through bytes below 2 GB.</summary>
internal static class TorchMemory
{
    private const int Most = 1 << 28;

    /// <summary>A new tensor of these values.</summary>
    public static torch.Tensor Of(ReadOnlySpan<float> values, long[] shape, torch.Device device)
    {
        var tensor = torch.empty(shape, torch.float32, device);
        Write(values, tensor);
        return tensor;
    }

    /// <summary>Copies values into a tensor on any device.</summary>
    /// <param name="values">In the order of its axes.</param>
    /// <param name="target">Contiguous.</param>
    public static void Write(ReadOnlySpan<float> values, torch.Tensor target)
    {
        bool isHere = target.device_type == DeviceType.CPU;
        using var flat = target.view(-1);
        for (int start = 0; start < values.Length; start += Most)
        {
            int count = Math.Min(Most, values.Length - start);
            using var part = flat.narrow(0, start, count);
            using var here = isHere ? part.alias() : torch.empty(count, torch.float32);
            values.Slice(start, count).CopyTo(Floats(here));
            if (!isHere)
                part.copy_(here);
        }
    }

    /// <summary>Copies a tensor of any device and strides.</summary>
    /// <param name="source">The tensor.</param>
    /// <param name="values">In the order of its axes.</param>
    public static void Read(torch.Tensor source, Span<float> values)
    {
        using var whole = source.contiguous();
        using var flat = whole.view(-1);
        for (int start = 0; start < values.Length; start += Most)
        {
            int count = Math.Min(Most, values.Length - start);
            using var part = flat.narrow(0, start, count);
            using var here = part.cpu();
            Floats(here).CopyTo(values.Slice(start, count));
        }
    }

    /// <summary>The numbers of a contiguous tensor on the CPU, in place.</summary>
    public static Span<float> Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
