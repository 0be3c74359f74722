namespace StyleLab.Tensors.Engines.Reference;

internal unsafe partial class ReferenceEngine
{
    public virtual void Affine(Storage x, float scale, float offset, Storage y) => Map(x, y, v => scale * v + offset);
    public virtual void Relu(Storage x, Storage y) => Map(x, y, v => Math.Max(v, 0));
    public virtual void PositiveMask(Storage x, Storage mask) => Map(x, mask, v => v > 0 ? 1 : 0);
    public virtual void Square(Storage x, Storage y) => Map(x, y, v => v * v);
    public virtual void Abs(Storage x, Storage y) => Map(x, y, Math.Abs);
    public virtual void Sign(Storage x, Storage y) => Map(x, y, v => v > 0 ? 1 : v < 0 ? -1 : 0);
    public virtual void Sqrt(Storage x, Storage y) => Map(x, y, MathF.Sqrt);
    public virtual void Exp(Storage x, Storage y) => Map(x, y, MathF.Exp);
    public virtual void Log(Storage x, Storage y) => Map(x, y, MathF.Log);
    public virtual void Power(Storage x, float exponent, Storage y) => Map(x, y, v => MathF.Pow(v, exponent));
    public virtual void Clamp(Storage x, float low, float high, Storage y) => Map(x, y, v => Math.Clamp(v, low, high));
    public virtual void Between(Storage x, float low, float high, Storage y) => Map(x, y, v => v >= low && v <= high ? 1 : 0);

    public virtual void ReluGradient(Storage reluOutput, Storage gradient, Storage result) =>
        Combine(reluOutput, gradient, result, (y, g) => y > 0 ? g : 0);

    public virtual void Add(Storage x, Storage y, Storage result) => Combine(x, y, result, (a, b) => a + b);
    public virtual void Subtract(Storage x, Storage y, Storage result) => Combine(x, y, result, (a, b) => a - b);
    public virtual void Multiply(Storage x, Storage y, Storage result) => Combine(x, y, result, (a, b) => a * b);
    public virtual void Divide(Storage x, Storage y, Storage result) => Combine(x, y, result, (a, b) => a / b);

    public virtual void Maximum(Storage x, Storage y, Storage result) => Combine(x, y, result, Math.Max);
    public virtual void Minimum(Storage x, Storage y, Storage result) => Combine(x, y, result, Math.Min);
    public virtual void Above(Storage x, Storage y, Storage result) => Combine(x, y, result, (a, b) => a > b ? 1 : a == b ? 0.5f : 0);

    public virtual void SumTo(Storage x, Storage y)
    {
        var sums = new double[y.Count];
        Each(x.Shape, (n, c, row, column) => sums[Stretched(y.Shape, n, c, row, column)] += x[n, c, row, column]);
        int i = 0;
        Each(y.Shape, (n, c, row, column) => y[n, c, row, column] = (float)sums[i++]);
    }

    public virtual void MaxTo(Storage x, Storage y)
    {
        Each(y.Shape, (n, c, row, column) => y[n, c, row, column] = float.NegativeInfinity);
        Each(x.Shape, (n, c, row, column) =>
        {
            ref float largest = ref y[n % y.Shape.Batch, c % y.Shape.Channels, row % y.Shape.Height, column % y.Shape.Width];
            largest = Math.Max(largest, x[n, c, row, column]);
        });
    }

    public virtual void Broadcast(Storage x, Storage y) =>
        Each(y.Shape, (n, c, row, column) => y[n, c, row, column] = At(x, n, c, row, column));

    private static void Map(Storage x, Storage y, Func<float, float> f) =>
        Each(y.Shape, (n, c, row, column) => y[n, c, row, column] = f(x[n, c, row, column]));

    private static void Combine(Storage x, Storage y, Storage result, Func<float, float, float> f) =>
        Each(result.Shape, (n, c, row, column) =>
            result[n, c, row, column] = f(At(x, n, c, row, column), At(y, n, c, row, column)));

    /// <summary>The value at a position, repeated along axes of size 1.</summary>
    private static float At(Storage x, int n, int c, int row, int column) =>
        x[n % x.Shape.Batch, c % x.Shape.Channels, row % x.Shape.Height, column % x.Shape.Width];

    /// <summary>The index in N×C×H×W order of the place a position falls on when axes of size 1 are stretched.</summary>
    private static int Stretched(Shape s, int n, int c, int row, int column) =>
        ((n % s.Batch * s.Channels + c % s.Channels) * s.Height + row % s.Height) * s.Width + column % s.Width;
}
