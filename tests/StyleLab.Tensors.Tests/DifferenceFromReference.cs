using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors.Tests;

/// <summary>How far an engine is from the reference, as relative L2.</summary>
internal readonly record struct DifferenceFromReference(double Values, double Gradient)
{
    /// <summary>What rounding in float explains.</summary>
    public const double Largest = 2e-6;

    public bool IsSmall => Values <= Largest && Gradient <= Largest;

    /// <summary>Computes the values and the gradient of one case on both.</summary>
    public static DifferenceFromReference Of(OperationCases.Case testCase, IEngine engine)
    {
        var x = Tensor.Variable(testCase.Input);
        var y = testCase.Compute(x);
        var gradient = Tensors.Gradients.Gradient.Of((y * RandomTensor.Constant(y.Shape, 21)).Sum(), x)[0];
        float[] values = RandomTensor.Values(testCase.Input, 22, testCase.Low, testCase.High);

        var expected = Evaluate(Engine.Reference);
        var actual = Evaluate(engine);
        return new(RandomTensor.RelativeL2(actual.Y, expected.Y), RandomTensor.RelativeL2(actual.Gradient, expected.Gradient));

        (float[] Y, float[] Gradient) Evaluate(IEngine on)
        {
            using var plan = Plan.Compile([y, gradient], on);
            plan.Write(x, values);
            plan.Run();
            return (plan.Read(y), plan.Read(gradient));
        }
    }
}
