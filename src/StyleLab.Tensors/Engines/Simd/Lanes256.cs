using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>8 channels.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));
    public static void Prefetch(float* source) => Sse.Prefetch0(source);
    public static Lanes256 Of(float value) => new(Vector256.Create(value));
    public void Store(float* target) => _value.Store(target);
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a._value + b._value);
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a._value - b._value);
    public static Lanes256 MultiplyAdd(float factor, Lanes256 a, Lanes256 b) =>
        new(Vector256.FusedMultiplyAdd(Vector256.Create(factor), a._value, b._value));
    public static Lanes256 Multiply(float factor, Lanes256 a) => new(factor * a._value);
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.MaxNative(b._value, a._value));
    public static Lanes256 WhereSet(ushort* bits, int lane, Lanes256 value)
    {
        var laneBits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128) << lane;
        return new(Vector256.ConditionalSelect(Vector256.Equals(Vector256.Create(*(int*)bits) & laneBits, laneBits).AsSingle(), value._value, Vector256<float>.Zero));
    }

    public int PositiveBits() => (int)Vector256.GreaterThan(_value, Vector256<float>.Zero).ExtractMostSignificantBits();
}
