using System.Numerics;
using System.Runtime.CompilerServices;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Elementwise operations. Every tensor owns memory up to a multiple of 1024 floats, so the last, partly filled vector
// is computed whole: the lanes beyond the end hold values nobody reads.
internal sealed unsafe partial class SimdEngine
{
    private interface IUnary { Vector<float> Of(Vector<float> x); }
    private interface IBinary { Vector<float> Of(Vector<float> x, Vector<float> y); }

    private readonly struct AffineOf(float scale, float offset) : IUnary
    {
        public Vector<float> Of(Vector<float> x) => x * new Vector<float>(scale) + new Vector<float>(offset);
    }
    private readonly struct ReluOf : IUnary { public Vector<float> Of(Vector<float> x) => Vector.Max(x, Vector<float>.Zero); }
    private readonly struct SquareOf : IUnary { public Vector<float> Of(Vector<float> x) => x * x; }
    private readonly struct AbsOf : IUnary { public Vector<float> Of(Vector<float> x) => Vector.Abs(x); }
    private readonly struct SqrtOf : IUnary { public Vector<float> Of(Vector<float> x) => Vector.SquareRoot(x); }
    private readonly struct ExpOf : IUnary { public Vector<float> Of(Vector<float> x) => Vector.Exp(x); }
    private readonly struct LogOf : IUnary { public Vector<float> Of(Vector<float> x) => Vector.Log(x); }
    private readonly struct ReciprocalOf : IUnary { public Vector<float> Of(Vector<float> x) => Vector<float>.One / x; }

    /// <summary>No vector instruction knows it; it is spread over the cores all the same.</summary>
    private readonly struct PowerOf(float exponent) : IUnary
    {
        public Vector<float> Of(Vector<float> x)
        {
            for (int i = 0; i < Vector<float>.Count; i++)
                x = x.WithElement(i, MathF.Pow(x[i], exponent));
            return x;
        }
    }

    private readonly struct ClampOf(float low, float high) : IUnary
    {
        public Vector<float> Of(Vector<float> x) => Vector.Min(Vector.Max(x, new Vector<float>(low)), new Vector<float>(high));
    }

    private readonly struct BetweenOf(float low, float high) : IUnary
    {
        public Vector<float> Of(Vector<float> x) => Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(x, new Vector<float>(low)) & Vector.LessThanOrEqual(x, new Vector<float>(high)),
            Vector<float>.One, Vector<float>.Zero);
    }

    /// <summary>One row of one block of channels.</summary>
    private readonly struct MaskJob(Storage x, Storage mask) : IParallelJob
    {
        public void Run(int part)
        {
            int height = x.Shape.Height, plane = part / height, row = part % height;
            MaskBits.Of(BlockRow(x, plane, row), x.Shape.Width, MaskBits.At(mask, plane, row, 0));
        }
    }

    private readonly struct AddOf : IBinary { public Vector<float> Of(Vector<float> x, Vector<float> y) => x + y; }
    private readonly struct SubtractOf : IBinary { public Vector<float> Of(Vector<float> x, Vector<float> y) => x - y; }
    private readonly struct MultiplyOf : IBinary { public Vector<float> Of(Vector<float> x, Vector<float> y) => x * y; }
    private readonly struct DivideOf : IBinary { public Vector<float> Of(Vector<float> x, Vector<float> y) => x / y; }
    private readonly struct LargerOf : IBinary { public Vector<float> Of(Vector<float> x, Vector<float> y) => Vector.Max(x, y); }
    private readonly struct SmallerOf : IBinary { public Vector<float> Of(Vector<float> x, Vector<float> y) => Vector.Min(x, y); }
    private readonly struct AboveOf : IBinary
    {
        public Vector<float> Of(Vector<float> x, Vector<float> y) => Vector.ConditionalSelect(Vector.GreaterThan(x, y), Vector<float>.One,
            Vector.ConditionalSelect(Vector.Equals(x, y), new Vector<float>(0.5f), Vector<float>.Zero));
    }

    private readonly struct ReluGradientOf : IBinary
    {
        public Vector<float> Of(Vector<float> y, Vector<float> g) =>
            Vector.ConditionalSelect(Vector.GreaterThan(y, Vector<float>.Zero), g, Vector<float>.Zero);
    }

    public override void Affine(Storage x, float scale, float offset, Storage y) => Map(x, y, new AffineOf(scale, offset));
    public override void Relu(Storage x, Storage y) => Map(x, y, default(ReluOf));
    public override void Square(Storage x, Storage y) => Map(x, y, default(SquareOf));
    public override void Abs(Storage x, Storage y) => Map(x, y, default(AbsOf));
    public override void Sqrt(Storage x, Storage y) => Map(x, y, default(SqrtOf));
    public override void Exp(Storage x, Storage y) => Map(x, y, default(ExpOf));
    public override void Log(Storage x, Storage y) => Map(x, y, default(LogOf));
    public override void Clamp(Storage x, float low, float high, Storage y) => Map(x, y, new ClampOf(low, high));

    public override void Power(Storage x, float exponent, Storage y)
    {
        switch (exponent)
        {
            case 2: Square(x, y); break;
            case 0.5f: Sqrt(x, y); break;
            case 1: Affine(x, 1, 0, y); break;
            case -1: Map(x, y, default(ReciprocalOf)); break;
            default: Map(x, y, new PowerOf(exponent)); break;
        }
    }

    public override void Between(Storage x, float low, float high, Storage y) => Map(x, y, new BetweenOf(low, high));

    public override void ReluGradient(Storage reluOutput, Storage gradient, Storage result) =>
        _pool.Run(Chunks(result.Count), new CombineJob<ReluGradientOf>(reluOutput.Data, gradient.Data, result.Data, result.Count, false, false));

    public override void PositiveMask(Storage x, Storage mask)
    {
        if (mask.Layout == Layout.Bits)
            _pool.Run(x.Shape.Batch * (x.Shape.Channels / Storage.Block) * x.Shape.Height, new MaskJob(x, mask));
        else
            base.PositiveMask(x, mask);
    }

    public override void Add(Storage x, Storage y, Storage result)
    {
        if (!Combine<AddOf>(x, y, result))
            base.Add(x, y, result);
    }

    public override void Subtract(Storage x, Storage y, Storage result)
    {
        if (!Combine<SubtractOf>(x, y, result))
            base.Subtract(x, y, result);
    }

    public override void Multiply(Storage x, Storage y, Storage result)
    {
        if (!Combine<MultiplyOf>(x, y, result))
            base.Multiply(x, y, result);
    }

    public override void Divide(Storage x, Storage y, Storage result)
    {
        if (!Combine<DivideOf>(x, y, result))
            base.Divide(x, y, result);
    }

    public override void Maximum(Storage x, Storage y, Storage result)
    {
        if (!Combine<LargerOf>(x, y, result))
            base.Maximum(x, y, result);
    }

    public override void Minimum(Storage x, Storage y, Storage result)
    {
        if (!Combine<SmallerOf>(x, y, result))
            base.Minimum(x, y, result);
    }

    public override void Above(Storage x, Storage y, Storage result)
    {
        if (!Combine<AboveOf>(x, y, result))
            base.Above(x, y, result);
    }

    private void Map<TOp>(Storage x, Storage y, TOp op) where TOp : unmanaged, IUnary =>
        _pool.Run(Chunks(y.Count), new MapJob<TOp>(x.Data, y.Data, y.Count, op));

    /// <summary>Equal shapes, a scalar on one side, or one value a channel on the right; false for any other stretching.</summary>
    private bool Combine<TOp>(Storage x, Storage y, Storage result) where TOp : unmanaged, IBinary
    {
        bool xScalar = x.Count == 1, yScalar = y.Count == 1;
        if ((x.Shape == result.Shape || xScalar) && (y.Shape == result.Shape || yScalar))
            _pool.Run(Chunks(result.Count), new CombineJob<TOp>(x.Data, y.Data, result.Data, result.Count, xScalar, yScalar));
        else if (x.Shape == result.Shape && y.Shape == new Shape(1, result.Shape.Channels, 1, 1))
            _pool.Run(ChannelGroups(result), new CombineChannelsJob<TOp>(x, y.Data, result.Data));
        else if (IsPlanes(x, result) && IsPlanes(y, result))
            _pool.Run(ChannelGroups(result), new CombinePlanesJob<TOp>(x, y, result));
        else
            return false;
        return true;
    }

    /// <summary>True for a planar tensor of the shape, or of one channel for all of them.</summary>
    private static bool IsPlanes(Storage x, Storage result) => x.Layout == Layout.Planar && result.Layout == Layout.Planar
        && x.Shape with { Channels = result.Shape.Channels } == result.Shape && (x.Shape.Channels == 1 || x.Shape == result.Shape);

    /// <summary>One part is one plane of the result.</summary>
    private readonly struct CombinePlanesJob<TOp>(Storage x, Storage y, Storage result) : IParallelJob where TOp : unmanaged, IBinary
    {
        public void Run(int part)
        {
            int area = result.Shape.Area, batch = part / result.Shape.Channels, i = 0;
            float* left = Plane(x, batch, part), right = Plane(y, batch, part), target = result.Data + (long)part * area;
            for (; i + Vector<float>.Count <= area; i += Vector<float>.Count)
                Vector.Store(default(TOp).Of(Vector.Load(left + i), Vector.Load(right + i)), target + i);
            for (; i < area; i++)
                target[i] = default(TOp).Of(new(left[i]), new(right[i]))[0];
        }

        private static float* Plane(Storage values, int batch, int part) =>
            values.Data + (long)(values.Shape.Channels == 1 ? batch : part) * values.Shape.Area;
    }

    private readonly struct MapJob<TOp>(float* x, float* y, long count, TOp op) : IParallelJob where TOp : unmanaged, IUnary
    {
        public void Run(int part)
        {
            long end = Math.Min(count, (part + 1L) * Chunk);
            for (long i = (long)part * Chunk; i < end; i += Vector<float>.Count)
                Vector.Store(op.Of(Vector.Load(x + i)), y + i);
        }
    }

    private readonly struct CombineJob<TOp>(float* x, float* y, float* result, long count, bool xScalar, bool yScalar)
        : IParallelJob where TOp : unmanaged, IBinary
    {
        public void Run(int part)
        {
            long end = Math.Min(count, (part + 1L) * Chunk);
            Vector<float> fixedX = new(*x), fixedY = new(*y);
            for (long i = (long)part * Chunk; i < end; i += Vector<float>.Count)
                Vector.Store(default(TOp).Of(xScalar ? fixedX : Vector.Load(x + i), yScalar ? fixedY : Vector.Load(y + i)), result + i);
        }
    }

    /// <summary>Planes of a planar tensor, blocks of 16 channels of a blocked one, over the whole batch.</summary>
    private static int ChannelGroups(Storage x) =>
        x.Shape.Batch * (x.Layout == Layout.Planar ? x.Shape.Channels : x.Shape.Channels / Storage.Block);

    /// <summary>One part is one plane, or one block of 16 channels.</summary>
    private readonly struct CombineChannelsJob<TOp>(Storage x, float* y, float* result) : IParallelJob where TOp : unmanaged, IBinary
    {
        public void Run(int part)
        {
            bool planar = x.Layout == Layout.Planar;
            int lanes = planar ? 1 : Storage.Block;
            int group = part % (x.Shape.Channels / lanes);
            long count = (long)x.Shape.Area * lanes, start = part * count;
            for (int lane = 0; lane < lanes; lane += Vector<float>.Count)
            {
                var values = planar ? new Vector<float>(y[group]) : Vector.Load(y + group * Storage.Block + lane);
                int step = planar ? Vector<float>.Count : Storage.Block;
                long i = lane;
                for (; i + Vector<float>.Count <= count; i += step)
                    Vector.Store(default(TOp).Of(Vector.Load(x.Data + start + i), values), result + start + i);
                // The next plane begins where this one ends, so the rest of a plane is done one by one.
                for (; i < count; i++)
                    result[start + i] = default(TOp).Of(new Vector<float>(x.Data[start + i]), values)[0];
            }
        }
    }
}
