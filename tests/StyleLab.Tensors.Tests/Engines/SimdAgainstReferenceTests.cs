using StyleLab.Tensors.Engines.Simd;
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
            foreach (var algorithm in ConvolutionAlgorithm.Available())
                foreach (var testCase in OperationCases.All)
                    cases.Add(algorithm.Name, testCase.Name);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheSameValuesAndGradients(string algorithm, string name)
    {
        var testCase = OperationCases.All.Single(c => c.Name == name);
        var engine = new SimdEngine(ConvolutionAlgorithm.Available().Single(r => r.Name == algorithm), s_threePool);
        var difference = DifferenceFromReference.Of(testCase, engine);
        Assert.InRange(difference.Values, 0, DifferenceFromReference.Largest);
        Assert.InRange(difference.Gradient, 0, DifferenceFromReference.Largest);
    }
}
