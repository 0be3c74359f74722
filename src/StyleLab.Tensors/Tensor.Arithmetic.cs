using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors;

// Elementwise operations, sums and stretching.
public sealed partial class Tensor
{
    public static Tensor operator +(Tensor x, Tensor y) => Binary(new Add(), x, y);
    public static Tensor operator -(Tensor x, Tensor y) => Binary(new Subtract(), x, y);
    public static Tensor operator *(Tensor x, Tensor y) => Binary(new Multiply(), x, y);
    public static Tensor operator /(Tensor x, Tensor y) => Binary(new Divide(), x, y);
    public static Tensor operator +(Tensor x, float offset) => x.Affine(1, offset);
    public static Tensor operator +(float offset, Tensor x) => x.Affine(1, offset);
    public static Tensor operator -(float value, Tensor x) => x.Affine(-1, value);
    public static Tensor operator /(float value, Tensor x) => Scalar(value) / x;
    public static Tensor operator -(Tensor x, float offset) => x.Affine(1, -offset);
    public static Tensor operator *(Tensor x, float scale) => x.Affine(scale, 0);
    public static Tensor operator *(float scale, Tensor x) => x.Affine(scale, 0);
    public static Tensor operator /(Tensor x, float divisor) => x.Affine(1 / divisor, 0);
    public static Tensor operator -(Tensor x) => x.Affine(-1, 0);

    /// <summary>scale · x + offset.</summary>
    public Tensor Affine(float scale, float offset) =>
        // Of a value that repeats, once is enough.
        Operation is Broadcast ? Inputs[0].Affine(scale, offset).BroadcastTo(Shape) : new(new Affine(scale, offset), Shape, this);

    /// <summary>max(x, 0).</summary>
    public Tensor Relu() => new(new Relu(), Shape, this);

    /// <summary>x².</summary>
    public Tensor Square() => new(new Square(), Shape, this);

    /// <summary>|x|.</summary>
    public Tensor Abs() => new(new Abs(), Shape, this);

    /// <summary>√x.</summary>
    public Tensor Sqrt() => new(new Sqrt(), Shape, this);

    /// <summary>eˣ.</summary>
    public Tensor Exp() => new(new Exp(), Shape, this);

    /// <summary>ln x; minus infinity at 0, not a number below.</summary>
    public Tensor Log() => new(new Log(), Shape, this);

    /// <summary>x to the power of <paramref name="exponent"/>; of values below 0 a number for whole exponents only.</summary>
    public Tensor Pow(float exponent) => new(new Power(exponent), Shape, this);

    /// <summary>The larger of both values; where they are equal each has half of the gradient. Sizes of 1 are stretched.</summary>
    public Tensor Max(Tensor other) => Binary(new Maximum(), this, other);

    /// <summary>The smaller of both values; where they are equal each has half of the gradient. Sizes of 1 are stretched.</summary>
    public Tensor Min(Tensor other) => Binary(new Minimum(), this, other);

    /// <summary>x, or <paramref name="low"/> where x is smaller.</summary>
    public Tensor Max(float low) => Max(Scalar(low));

    /// <summary>x, or <paramref name="high"/> where x is larger.</summary>
    public Tensor Min(float high) => Min(Scalar(high));

    /// <summary>x limited to <paramref name="low"/>..<paramref name="high"/>; the gradient is 0 outside.</summary>
    public Tensor Clamp(float low, float high) => new(new Clamp(low, high), Shape, this);

    /// <summary>The sum of all values, a scalar.</summary>
    public Tensor Sum() => SumTo(Shape.Scalar);

    /// <summary>The mean of all values, a scalar.</summary>
    public Tensor Mean() => Sum() * (1f / Shape.Count);

    /// <summary>The mean of each channel over all positions, N×C×1×1.</summary>
    public Tensor ChannelMean() => SumTo(Shape with { Height = 1, Width = 1 }) * (1f / Shape.Area);

    /// <summary>The largest of all values, a scalar; its gradient goes to where it was, in equal parts if at several places.</summary>
    public Tensor Max() => MaxTo(Shape.Scalar);

    /// <summary>The smallest of all values, a scalar.</summary>
    public Tensor Min() => -(-this).Max();

    /// <summary>The largest value of each channel over all positions, N×C×1×1.</summary>
    public Tensor ChannelMax() => MaxTo(Shape with { Height = 1, Width = 1 });

    /// <summary>The largest value over every axis on which <paramref name="target"/> has size 1.</summary>
    public Tensor MaxTo(Shape target)
    {
        if (target == Shape)
            return this;
        return target.BroadcastsTo(Shape)
            ? new(new MaxTo(target), target, this)
            : throw new ArgumentException($"A tensor of {Shape} has no largest values of {target}: every size must be equal or 1.");
    }

    /// <summary>Sums over every axis on which <paramref name="target"/> has size 1.</summary>
    public Tensor SumTo(Shape target)
    {
        if (target == Shape)
            return this;
        return target.BroadcastsTo(Shape)
            ? new(new SumTo(target), target, this)
            : throw new ArgumentException($"A tensor of {Shape} cannot be summed to {target}: every size must be equal or 1.");
    }

    /// <summary>Repeats the values along every axis of size 1.</summary>
    public Tensor BroadcastTo(Shape target)
    {
        if (target == Shape)
            return this;
        return Shape.BroadcastsTo(target)
            ? new(new Broadcast(target), target, this)
            : throw new ArgumentException($"A tensor of {Shape} cannot be stretched to {target}: every size must be equal or 1.");
    }

    internal static Tensor Binary(Operation operation, Tensor x, Tensor y)
    {
        // The operation stretches by itself, so a stretched copy of one side is not needed when the other is full size.
        if (x.Operation is Broadcast && x.Inputs[0].Shape.BroadcastsTo(y.Shape) && y.Shape == x.Shape)
            x = x.Inputs[0];
        else if (y.Operation is Broadcast && y.Inputs[0].Shape.BroadcastsTo(x.Shape) && x.Shape == y.Shape)
            y = y.Inputs[0];

        var shape = new Shape(
            Math.Max(x.Shape.Batch, y.Shape.Batch), Math.Max(x.Shape.Channels, y.Shape.Channels),
            Math.Max(x.Shape.Height, y.Shape.Height), Math.Max(x.Shape.Width, y.Shape.Width));
        if (!x.Shape.BroadcastsTo(shape) || !y.Shape.BroadcastsTo(shape))
            throw new ArgumentException(
                $"{operation.GetType().Name} needs equal sizes or sizes of 1, got {x.Shape} and {y.Shape}.");
        // Sums and products have their full-size side first, so that engines meet one order only.
        return operation is Add or Multiply or Maximum or Minimum && x.Shape != shape ? new(operation, shape, y, x) : new(operation, shape, x, y);
    }
}
