using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>16 channels.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));
    public static void Prefetch(float* source) => Sse.Prefetch0(source);
    public static Lanes512 Of(float value) => new(Vector512.Create(value));
    public void Store(float* target) => _value.Store(target);
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a._value + b._value);
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a._value - b._value);
    public static Lanes512 MultiplyAdd(float factor, Lanes512 a, Lanes512 b) =>
        new(Vector512.FusedMultiplyAdd(Vector512.Create(factor), a._value, b._value));
    public static Lanes512 Multiply(float factor, Lanes512 a) => new(factor * a._value);
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(b._value, a._value));
    public static Lanes512 WhereSet(ushort* bits, int lane, Lanes512 value)
    {
        var laneBits = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return new(Vector512.ConditionalSelect(Vector512.Equals(Vector512.Create(*(int*)bits) & laneBits, laneBits).AsSingle(), value._value, Vector512<float>.Zero));
    }

    public int PositiveBits() => (int)Vector512.GreaterThan(_value, Vector512<float>.Zero).ExtractMostSignificantBits();
}
