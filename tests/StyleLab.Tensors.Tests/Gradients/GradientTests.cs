using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors.Tests.Gradients;

/// <summary>Gradients of every operation against central differences of the reference engine.</summary>
public class GradientTests
{
    public static TheoryData<string> Cases => [.. OperationCases.All.Where(c => c.Input.Count < 5000).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void MatchesFiniteDifferences(string name)
    {
        var testCase = OperationCases.All.Single(c => c.Name == name);
        var x = Tensor.Variable(testCase.Input);
        var y = testCase.Compute(x);
        // A random weighting of the outputs makes each output's own derivative count.
        var loss = (y * RandomTensor.Constant(y.Shape, 11)).Sum();
        var gradient = Gradient.Of(loss, x)[0];
        float[] values = RandomTensor.Values(testCase.Input, 12, testCase.Low, testCase.High);

        using var plan = Plan.Compile([loss, gradient], Engine.Reference);
        plan.Write(x, values);
        plan.Run(TestContext.Current.CancellationToken);
        float[] actual = plan.Read(gradient);

        using var lossOnly = Plan.Compile([y], Engine.Reference);
        float[] weights = RandomTensor.Values(y.Shape, 11);
        const float step = 1 / 64f;
        var places = Enumerable.Range(0, values.Length).Where(i => values.Length < 40 || i % (values.Length / 31) == 0).ToArray();
        var expected = places.Select(i => (float)((LossAt(i, step) - LossAt(i, -step)) / (2 * step))).ToArray();

        // The differences of a float computation carry rounding of about 1e-7 · |loss| / step, and a third derivative.
        Assert.True(RandomTensor.RelativeL2([.. places.Select(i => actual[i])], expected) < 2e-3,
            $"gradient {string.Join(" ", places.Take(6).Select(i => actual[i]))} against {string.Join(" ", expected.Take(6))}");

        double LossAt(int place, float shift)
        {
            var moved = (float[])values.Clone();
            moved[place] += shift;
            lossOnly.Write(x, moved);
            lossOnly.Run();
            return lossOnly.Read(y).Zip(weights, (v, w) => (double)v * w).Sum();
        }
    }

    [Fact]
    public void OfATensorInTheMiddleOfTheGraph()
    {
        var x = RandomTensor.Constant(new(1, 3, 2, 2), 1);
        var middle = x * 3;
        var gradient = Gradient.Of(middle.Square().Sum(), middle)[0];
        Assert.True(RandomTensor.RelativeL2(gradient.ToArray(), [.. middle.ToArray().Select(v => 2 * v)]) < 1e-6);
    }

    [Fact]
    public void OfSomethingTheLossDoesNotDependOnIsZero()
    {
        var x = Tensor.Variable(new(1, 3, 2, 2));
        Assert.All(Gradient.Of(Tensor.Scalar(2).Square(), x)[0].ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void OfSeveralValuesIsRefused()
    {
        var x = Tensor.Variable(new(1, 3, 2, 2));
        var error = Assert.Throws<ArgumentException>(() => Gradient.Of(x.Square(), x));
        Assert.Contains("Only a single value can be differentiated", error.Message);
    }
}
