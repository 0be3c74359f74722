using StyleLab.Tensors.Display;

namespace StyleLab.Tensors;

[TypeFormatterSource(typeof(TensorFormatters))]
public sealed partial class Tensor;
