using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>4 channels.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));
    public static void Prefetch(float* source)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(source);
    }

    public static Lanes128 Of(float value) => new(Vector128.Create(value));
    public void Store(float* target) => _value.Store(target);
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a._value + b._value);
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a._value - b._value);
    public static Lanes128 MultiplyAdd(float factor, Lanes128 a, Lanes128 b) =>
        new(Vector128.MultiplyAddEstimate(Vector128.Create(factor), a._value, b._value));
    public static Lanes128 Multiply(float factor, Lanes128 a) => new(factor * a._value);
    public static Lanes128 Max(Lanes128 a, Lanes128 b) => new(Vector128.MaxNative(b._value, a._value));
    public static Lanes128 WhereSet(ushort* bits, int lane, Lanes128 value)
    {
        var laneBits = Vector128.Create(1, 2, 4, 8) << lane;
        return new(Vector128.ConditionalSelect(Vector128.Equals(Vector128.Create(*(int*)bits) & laneBits, laneBits).AsSingle(), value._value, Vector128<float>.Zero));
    }

    public int PositiveBits() => (int)Vector128.GreaterThan(_value, Vector128<float>.Zero).ExtractMostSignificantBits();
}
