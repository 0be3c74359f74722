using StyleLab.Tensors.Engines.Simd;

namespace StyleLab.Tensors.Tests.Engines;

public class SimdFiltersTests
{
    [Theory]
    [InlineData(64, 64, false)]
    [InlineData(384, 384, true)]
    // The last group of outputs is not whole.
    [InlineData(390, 384, false)]
    public void TheGradientReadsTheLargestFiltersOfTheConvolutionItself(int outputs, int inputs, bool shared)
    {
        var filters = new SimdFilters(new float[outputs * inputs * 9], new Shape(outputs, inputs, 3, 3), ConvolutionAlgorithm.Best());
        Assert.False(filters.Winograd.Weights.AreTurned);
        Assert.Equal(shared, filters.Turned.Winograd.Weights.AreTurned);
    }

    [Fact]
    public void TurnedTwiceIsAsBefore()
    {
        var filters = new SimdFilters(new float[9], new Shape(1, 1, 3, 3), ConvolutionAlgorithm.Best());
        Assert.Same(filters, filters.Turned.Turned);
    }
}
