using StyleLab.Tensors;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>The values as a constant tensor, 1×3×Height×Width, RGB 0..1; shares the array.</summary>
    public Tensor ToTensor() => Tensor.Constant(Values, new Shape(1, 3, Height, Width));
}
