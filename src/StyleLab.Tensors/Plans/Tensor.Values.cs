using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors;

public sealed partial class Tensor
{
    /// <summary>Computes the values on the spot, in N×C×H×W order. A graph with variables needs a <see cref="Plan"/> instead.</summary>
    public float[] ToArray(IEngine? engine = null)
    {
        using var plan = Plan.Compile([this], engine);
        plan.Run();
        return plan.Read(this);
    }
}
