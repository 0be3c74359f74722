using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Engines.Simd;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Tests.Engines;

/// <summary>Values and gradients of every operation: each instruction set of this machine against the reference.</summary>
public class SimdAgainstReferenceTests
{
    private static readonly WorkerPool s_threePool = new(3);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var recipe in ConvolutionRecipe.Available())
                foreach (var testCase in OperationCases.All)
                    cases.Add(recipe.Name, testCase.Name);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheSameValuesAndGradients(string recipe, string name)
    {
        var testCase = OperationCases.All.Single(c => c.Name == name);
        var engine = new SimdEngine(ConvolutionRecipe.Available().Single(r => r.Name == recipe), s_threePool);
        var x = Tensor.Variable(testCase.Input);
        var y = testCase.Compute(x);
        var gradient = Gradient.Of((y * RandomTensor.Constant(y.Shape, 21)).Sum(), x)[0];
        float[] values = RandomTensor.Values(testCase.Input, 22, testCase.Low, testCase.High);

        var expected = Evaluate(Engine.Reference);
        var actual = Evaluate(engine);
        Assert.InRange(RandomTensor.RelativeL2(actual.Y, expected.Y), 0, 2e-6);
        Assert.InRange(RandomTensor.RelativeL2(actual.Gradient, expected.Gradient), 0, 2e-6);

        (float[] Y, float[] Gradient) Evaluate(IEngine on)
        {
            using var plan = Plan.Compile([y, gradient], on);
            plan.Write(x, values);
            plan.Run();
            return (plan.Read(y), plan.Read(gradient));
        }
    }
}
