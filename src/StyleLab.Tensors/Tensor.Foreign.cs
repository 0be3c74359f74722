using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors;

public sealed partial class Tensor
{
    /// <summary>A single value that other code computes from tensors, with gradients at all of them.</summary>
    /// <param name="function">The function, derived from <c>ForeignFunction</c>; in one graph only.</param>
    /// <param name="inputs">At least one tensor.</param>
    /// <exception cref="ArgumentException">There is no input.</exception>
    public static Tensor Foreign(IForeignFunction function, params Tensor[] inputs) => inputs.Length > 0
        ? new(new Foreign(function), Shape.Scalar, inputs)
        : throw new ArgumentException("A function of tensors needs at least one tensor.");
}
