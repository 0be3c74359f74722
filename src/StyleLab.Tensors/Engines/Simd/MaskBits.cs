using System.Runtime.Intrinsics;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// <see cref="Layout.Bits"/>: 16 bits for the 16 channels at one position, bit i set where channel i is positive. Only that is
/// needed of a ReLU's output for its gradient, in a thirty-second of the memory.
/// </summary>
internal static unsafe class MaskBits
{
    /// <summary>The bits at a position of a block of 16 channels.</summary>
    public static ushort* At(Storage mask, int plane, int row, int column) =>
        (ushort*)mask.Address + ((long)plane * mask.Shape.Height + row) * mask.Shape.Width + column;

    /// <summary>The bits of neighbouring positions.</summary>
    /// <param name="values">16 values a position.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="bits">Receives 16 bits a position.</param>
    public static void Of(float* values, int positions, ushort* bits)
    {
        for (int i = 0; i < positions; i++, values += Storage.Block)
        {
            uint low = Vector256.GreaterThan(Vector256.Load(values), Vector256<float>.Zero).ExtractMostSignificantBits();
            uint high = Vector256.GreaterThan(Vector256.Load(values + 8), Vector256<float>.Zero).ExtractMostSignificantBits();
            bits[i] = (ushort)(low | high << 8);
        }
    }

    /// <summary>Copies neighbouring positions, with zeros for values whose bit is not set.</summary>
    /// <param name="values">16 values a position.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="bits">16 bits a position.</param>
    /// <param name="target">Receives 16 values a position; may be the same memory.</param>
    public static void Copy(float* values, int positions, ushort* bits, float* target)
    {
        for (int i = 0; i < positions; i++, values += Storage.Block, target += Storage.Block)
            Masked(Vector512.Load(values), bits[i]).Store(target);
    }

    /// <summary>Copies a part of each value at one position, with zeros for values whose bit is not set.</summary>
    public static void Share(float* values, float part, ushort bits, float* target) =>
        Masked(Vector512.Load(values) * part, bits).Store(target);

    // Lane i looks at bit i.
    private static Vector512<float> Masked(Vector512<float> values, ushort bits)
    {
        var lanes = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return values & Vector512.Equals(Vector512.Create((int)bits) & lanes, lanes).AsSingle();
    }
}
