using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Tests;

/// <summary>A style loss over a few convolutions with its gradient: what a plan looks like in earnest, made small.</summary>
internal sealed class SmallNetwork
{
    public SmallNetwork(int height = 40, int width = 52)
    {
        Picture = Tensor.Variable(new(1, 3, height, width));
        var first = Layer(Picture, 32, 1);
        var second = Layer(first, 48, 2).AveragePool();
        var third = Layer(second, 32, 3).MaxPool();
        Loss = (first.Gram() * 0.01f).Square().Mean() + second.Square().Mean() * 3 + third.Gram().Mean();
        Gradient = Tensors.Gradients.Gradient.Of(Loss, Picture)[0];
    }

    public Tensor Picture { get; }
    public Tensor Loss { get; }
    public Tensor Gradient { get; }

    private static Tensor Layer(Tensor x, int outputs, int seed) =>
        x.Convolution(
            RandomTensor.Constant(new(outputs, x.Shape.Channels, 3, 3), seed, -0.2, 0.25),
            RandomTensor.Constant(new(1, outputs, 1, 1), seed + 10), Padding.Reflect).Relu();
}
