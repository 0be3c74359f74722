using System.Collections.Concurrent;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;

namespace StyleLab.Extensions.Tests;

/// <summary>
/// An engine in an assembly of its own, with public things only: tensors in arrays, every operation written as its formula, sums in double. An
/// operation that is linear is a list of taps (see <see cref="Taps"/>), and its gradient the same list read backwards.
/// </summary>
public sealed partial class NaiveEngine : IEngine
{
    private readonly ConcurrentDictionary<nint, float[]> _blocks = [];
    private long _last;

    public string Name => "naive, one thread";

    /// <summary>How many blocks of memory are taken.</summary>
    public int Blocks => _blocks.Count;

    /// <summary>The memory it says it has, in bytes.</summary>
    public long MemoryLeft { get; init; } = long.MaxValue;

    public void RequireMemory(long bytes, long besides)
    {
        if (bytes > MemoryLeft)
            throw new InsufficientMemoryException("Nothing left.");
    }

    public nint Allocate(long floats)
    {
        nint memory = (nint)Interlocked.Increment(ref _last);
        _blocks[memory] = new float[floats];
        return memory;
    }

    public void Free(nint memory) => _blocks.TryRemove(memory, out _);

    public void Write(ReadOnlySpan<float> values, Storage target) => values.CopyTo(Of(target).All);

    public void Read(Storage source, Span<float> values) => Of(source).All.CopyTo(values);

    public IFilters PackFilters(float[] weights, Shape shape) => new Filters(weights, shape);

    public void Affine(Storage x, float scale, float offset, Storage y) => Each(x, y, v => scale * v + offset);
    public void Relu(Storage x, Storage y) => Each(x, y, v => Math.Max(v, 0));
    public void PositiveMask(Storage x, Storage mask) => Each(x, mask, v => v > 0 ? 1 : 0);
    public void Square(Storage x, Storage y) => Each(x, y, v => v * v);
    public void Abs(Storage x, Storage y) => Each(x, y, Math.Abs);
    public void Sign(Storage x, Storage y) => Each(x, y, v => v > 0 ? 1 : v < 0 ? -1 : 0);
    public void Sqrt(Storage x, Storage y) => Each(x, y, MathF.Sqrt);
    public void Exp(Storage x, Storage y) => Each(x, y, MathF.Exp);
    public void Log(Storage x, Storage y) => Each(x, y, MathF.Log);
    public void Power(Storage x, float exponent, Storage y) => Each(x, y, v => MathF.Pow(v, exponent));
    public void Clamp(Storage x, float low, float high, Storage y) => Each(x, y, v => Math.Clamp(v, low, high));
    public void Between(Storage x, float low, float high, Storage y) => Each(x, y, v => v >= low && v <= high ? 1 : 0);

    public void Add(Storage x, Storage y, Storage result) => Each(x, y, result, (a, b) => a + b);
    public void Subtract(Storage x, Storage y, Storage result) => Each(x, y, result, (a, b) => a - b);
    public void Multiply(Storage x, Storage y, Storage result) => Each(x, y, result, (a, b) => a * b);
    public void Divide(Storage x, Storage y, Storage result) => Each(x, y, result, (a, b) => a / b);
    public void Maximum(Storage x, Storage y, Storage result) => Each(x, y, result, Math.Max);
    public void Minimum(Storage x, Storage y, Storage result) => Each(x, y, result, Math.Min);
    public void Above(Storage x, Storage y, Storage result) => Each(x, y, result, (a, b) => a > b ? 1 : a == b ? 0.5f : 0);
    public void ReluGradient(Storage reluOutput, Storage gradient, Storage result) => Each(reluOutput, gradient, result, (y, g) => y > 0 ? g : 0);
    public void Broadcast(Storage x, Storage y) => Each(x, x, y, (v, _) => v);

    public void SumTo(Storage x, Storage y) => Fold(x, y, 0, (sum, v) => sum + v);
    public void MaxTo(Storage x, Storage y) => Fold(x, y, double.NegativeInfinity, (largest, v) => Math.Max(largest, v));

    public void Concatenate(Storage x, Storage y, Storage result)
    {
        var (a, b, to) = (Of(x), Of(y), Of(result));
        foreach (var (n, c, row, column) in Positions(result.Shape))
            to[n, c, row, column] = c < x.Shape.Channels ? a[n, c, row, column] : b[n, c - x.Shape.Channels, row, column];
    }

    public void SliceChannels(Storage x, int first, Storage y)
    {
        var (from, to) = (Of(x), Of(y));
        foreach (var (n, c, row, column) in Positions(y.Shape))
            to[n, c, row, column] = from[n, first + c, row, column];
    }

    public void Gram(Storage x, Storage y)
    {
        var (f, gram) = (Of(x), Of(y));
        foreach (var (n, _, a, b) in Positions(y.Shape))
        {
            double sum = 0;
            for (int row = 0; row < x.Shape.Height; row++)
                for (int column = 0; column < x.Shape.Width; column++)
                    sum += (double)f[n, a, row, column] * f[n, b, row, column];
            gram[n, 0, a, b] = (float)sum;
        }
    }

    public void GramGradient(Storage x, Storage gradient, Storage addend, Storage result)
    {
        var (f, g, to) = (Of(x), Of(gradient), Of(result));
        foreach (var (n, c, row, column) in Positions(result.Shape))
        {
            double sum = addend.Exists ? Of(addend)[n, c, row, column] : 0;
            for (int b = 0; b < x.Shape.Channels; b++)
                sum += ((double)g[n, 0, c, b] + g[n, 0, b, c]) * f[n, b, row, column];
            to[n, c, row, column] = (float)sum;
        }
    }

    private void Each(Storage x, Storage y, Func<float, float> f) => Each(x, x, y, (v, _) => f(v));

    private void Each(Storage x, Storage y, Storage result, Func<float, float, float> f)
    {
        var (a, b, to) = (Of(x), Of(y), Of(result));
        foreach (var (n, c, row, column) in Positions(result.Shape))
            to[n, c, row, column] = f(a.Repeated(n, c, row, column), b.Repeated(n, c, row, column));
    }

    private void Fold(Storage x, Storage y, double first, Func<double, double, double> f)
    {
        var from = Of(x);
        var folded = new Sums(y.Shape, first);
        foreach (var (n, c, row, column) in Positions(x.Shape))
        {
            ref double value = ref folded[n % y.Shape.Batch, c % y.Shape.Channels, row % y.Shape.Height, column % y.Shape.Width];
            value = f(value, from[n, c, row, column]);
        }
        folded.WriteTo(Of(y));
    }

    private static IEnumerable<(int N, int C, int Row, int Column)> Positions(Shape shape)
    {
        for (int n = 0; n < shape.Batch; n++)
            for (int c = 0; c < shape.Channels; c++)
                for (int row = 0; row < shape.Height; row++)
                    for (int column = 0; column < shape.Width; column++)
                        yield return (n, c, row, column);
    }

    private Values Of(Storage storage) => new(_blocks[storage.Memory], (int)storage.Offset, storage.Shape);

    /// <summary>Filters as they are.</summary>
    private sealed record Filters(float[] Weights, Shape Shape) : IFilters
    {
        public double this[int k, int c, int i, int j] => Weights[((k * Shape.Channels + c) * Shape.Height + i) * Shape.Width + j];
    }

    /// <summary>A tensor in its block.</summary>
    private readonly struct Values(float[] block, int start, Shape shape)
    {
        public ref float this[int n, int c, int row, int column] =>
            ref block[start + ((n * shape.Channels + c) * shape.Height + row) * shape.Width + column];

        /// <summary>A value; an axis of size 1 is repeated.</summary>
        public float Repeated(int n, int c, int row, int column) => this[n % shape.Batch, c % shape.Channels, row % shape.Height, column % shape.Width];

        public Span<float> All => block.AsSpan(start, (int)shape.Count);
    }

    /// <summary>A tensor of sums in double.</summary>
    private readonly struct Sums
    {
        private readonly double[] _values;
        private readonly Shape _shape;

        public Sums(Shape shape, double first = 0)
        {
            (_values, _shape) = (new double[shape.Count], shape);
            Array.Fill(_values, first);
        }

        public ref double this[int n, int c, int row, int column] =>
            ref _values[((n * _shape.Channels + c) * _shape.Height + row) * _shape.Width + column];

        public void WriteTo(Values target)
        {
            foreach (var (n, c, row, column) in Positions(_shape))
                target[n, c, row, column] = (float)this[n, c, row, column];
        }
    }
}
