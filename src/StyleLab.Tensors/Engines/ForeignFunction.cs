using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Engines;

/// <summary>
/// A function from tensors to a single value that other code computes, such as a library with gradients of its own. In a graph it stands as
/// <see cref="Tensor.Foreign"/>. A plan asks for the value first and then for the gradients at that value.
/// </summary>
/// <remarks>What it keeps from one call to the other belongs to one plan, so each graph has a function of its own.</remarks>
public abstract class ForeignFunction : IForeignFunction
{
    /// <summary>Computes the value, and whatever is needed for the gradients.</summary>
    /// <param name="engine">The engine of the run; it reads the inputs and writes the value.</param>
    /// <param name="inputs">The inputs in the order in which the tensor got them; not to be changed.</param>
    /// <param name="value">1×1×1×1.</param>
    protected internal abstract void Compute(IEngine engine, IReadOnlyList<Storage> inputs, Storage value);

    /// <summary>Writes the gradient of the last value with respect to an input.</summary>
    /// <param name="engine">The engine of the run.</param>
    /// <param name="input">Which input.</param>
    /// <param name="gradient">As large as the input.</param>
    protected internal abstract void WriteGradient(IEngine engine, int input, Storage gradient);
}
