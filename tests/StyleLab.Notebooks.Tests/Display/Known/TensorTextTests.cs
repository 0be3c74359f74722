namespace StyleLab.Notebooks.Tests;

/// <summary>What PyTorch 2 prints for the same numbers.</summary>
public class TensorTextTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, "tensor([1., 2., 3.])")]
    [InlineData(new[] { 0.5, -1.25, 100 }, "tensor([  0.5000,  -1.2500, 100.0000])")]
    [InlineData(new[] { 0.0001, 1 }, "tensor([1.0000e-04, 1.0000e+00])")]
    [InlineData(new[] { 1.0, 123456789 }, "tensor([1.0000e+00, 1.2346e+08])")]
    [InlineData(new[] { 0.0, 0 }, "tensor([0., 0.])")]
    [InlineData(new[] { 1.5, double.NaN, double.NegativeInfinity }, "tensor([1.5000,    nan,   -inf])")]
    public void A_vector(double[] values, string expected) =>
        Assert.Equal(expected, TensorText.Of([values.Length], [.. values], [false], "float32", ""));

    [Fact]
    public void Shapes_types_and_what_is_cut()
    {
        Assert.Equal("tensor(7, dtype=torch.int32)", TensorText.Of([], [7L], [], "int32", ""));
        Assert.Equal("tensor([], size=(0, 3))", TensorText.Of([0, 3], [], [false, false], "float32", ""));
        Assert.Equal("tensor([ True, False])", TensorText.Of([2], [1L, 0L], [false], "bool", ""));
        Assert.Equal(
            "tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64, requires_grad=True)",
            TensorText.Of([2, 2], [1.0, 2.0, 3.0, 4.0], [false, false], "float64", ", requires_grad=True"));
        Assert.Equal(
            "tensor([[[1],\n         [2]],\n\n        [[3],\n         [4]]])",
            TensorText.Of([2, 2, 1], [1L, 2L, 3L, 4L], [false, false, false], "int64", ""));
        Assert.Equal(
            "tensor([   0,    1,    2,  ..., 1997, 1998, 1999])",
            TensorText.Of([6], [0L, 1L, 2L, 1997L, 1998L, 1999L], [true], "int64", ""));

        // Lines of eighty characters.
        string lines = TensorText.Of([30], [.. Enumerable.Range(0, 30).Select(i => (object)(long)i)], [false], "int64", "");
        Assert.Equal("tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,", lines.Split('\n')[0]);
        Assert.StartsWith("        18, 19,", lines.Split('\n')[1]);
    }
}
