using StyleLab.Tensors.Operations;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors;

/// <summary>
/// A node of a lazy graph: a shape, an operation and its inputs. Nothing is computed until a <see cref="Plan"/> runs
/// or <see cref="ToArray"/> asks for the values. Shapes are checked when the node is made.
/// </summary>
public sealed partial class Tensor
{
    // Larger than any memory, and small enough that bytes of many can be added up.
    private const double MostValues = 1L << 48;

    internal Tensor(Operation operation, Shape shape, params Tensor[] inputs)
    {
        Operation = operation;
        Shape = Countable(shape);
        Inputs = inputs;
    }

    /// <summary>What the node computes.</summary>
    internal Operation Operation { get; }

    /// <summary>The tensors it is computed from; empty for leaves.</summary>
    internal IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>Batch × channels × height × width.</summary>
    public Shape Shape { get; }

    /// <summary>A tensor whose values are written before each run of a plan.</summary>
    public static Tensor Variable(Shape shape) => new(new Variable(), Checked(shape));

    /// <summary>A tensor with fixed values, given in N×C×H×W order; the array is kept, not copied.</summary>
    /// <exception cref="ArgumentException">The number of values does not match the shape.</exception>
    public static Tensor Constant(float[] values, Shape shape)
    {
        if (values.LongLength != Checked(shape).Count)
            throw new ArgumentException($"A tensor of shape {shape} holds {shape.Count} values, got {values.LongLength}.");
        return new(new Constant(values), shape);
    }

    /// <summary>A tensor of shape 1×1×1×1.</summary>
    public static Tensor Scalar(float value) => Constant([value], Shape.Scalar);

    /// <summary>Whether the values are fixed, as those of <see cref="Constant"/> are, and not computed.</summary>
    /// <param name="values">The values in N×C×H×W order, not copied; empty if they are computed or written.</param>
    public bool TryGetConstant(out ReadOnlySpan<float> values)
    {
        var constant = Operation as Constant;
        values = constant is null ? [] : constant.Values;
        return constant is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Operation.GetType().Name} {Shape}";

    private static Shape Countable(Shape shape) =>
        (long)shape.Height * shape.Width <= int.MaxValue && (double)shape.Height * shape.Width * shape.Channels * shape.Batch <= MostValues
            ? shape
            : throw new ArgumentException($"A tensor has at most 2³¹ positions and 2⁴⁸ values, got {shape}.");

    private static Shape Checked(Shape shape) =>
        shape is { Batch: > 0, Channels: > 0, Height: > 0, Width: > 0 } && Countable(shape).Count <= int.MaxValue
            ? shape
            : throw new ArgumentException($"Every size of a tensor must be at least 1 and the total below 2³¹ values, got {shape}.");
}
