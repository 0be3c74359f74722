using StyleLab.Tensors.Threads;
using StyleLab.Tensors.Vectors;

namespace StyleLab.Tensors.Tests.Vectors;

/// <summary>Every operation against plain sums in double, at lengths around those of vectors and chunks.</summary>
public class VectorMathTests
{
    public static TheoryData<int> Lengths => [0, 1, 7, 33, 4095, 4096, 4101, 50_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void SumsAreThoseOfPlainLoops(int length)
    {
        float[] x = Values(length, 1), y = Values(length, 2);
        double size = x.Zip(y, (a, b) => Math.Abs((double)a * b)).Sum();
        Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), VectorMath.Dot(x, y), 1e-6 * size + 1e-30);
        Assert.Equal(x.Sum(v => Math.Abs((double)v)), VectorMath.AbsoluteSum(x), 1e-5 * length + 1e-30);
        Assert.Equal(x.Select(Math.Abs).DefaultIfEmpty(0).Max(), VectorMath.AbsoluteMax(x));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void VectorsAreThoseOfPlainLoops(int length)
    {
        float[] x = Values(length, 1), y = Values(length, 2);
        float[] sum = [.. y], scaled = [.. y], difference = [.. y];
        VectorMath.AddScaled(sum, 0.3f, x);
        VectorMath.Scale(scaled, 0.3f);
        VectorMath.SubtractFrom(x, difference);
        for (int i = 0; i < length; i++)
        {
            Assert.Equal(y[i] + 0.3f * x[i], sum[i], 1e-6f);
            Assert.Equal(0.3f * y[i], scaled[i]);
            Assert.Equal(x[i] - y[i], difference[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void ManyVectorsAtOnceGiveWhatOneAfterTheOtherDoes(int length)
    {
        float[][] vectors = [.. Enumerable.Range(0, 7).Select(v => Values(length, 10 + v))];
        float[] x = Values(length, 1), y = Values(length, 2), result = new float[length];
        double[] withX = new double[7], withY = new double[7], factors = [.. Enumerable.Range(0, 7).Select(v => v - 2.5)];
        VectorMath.Dots(vectors, x, y, withX, withY);
        VectorMath.Combine(result, 0.5f, x, factors, vectors);
        Assert.Equal(vectors.Select(v => VectorMath.Dot(v, x)), withX);
        Assert.Equal(vectors.Select(v => VectorMath.Dot(v, y)), withY);
        for (int i = 0; i < length; i++)
            Assert.Equal(0.5 * x[i] + vectors.Index().Sum(v => factors[v.Index] * v.Item[i]), result[i], 1e-5);
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        float[][] vectors = [Values(100_000, 1), Values(100_000, 2), Values(100_000, 3), Values(100_000, 4), Values(100_000, 5)];
        var shared = Results(vectors);
        SingleThread.Begin();
        try
        {
            Assert.Equal(shared, Results(vectors));
        }
        finally
        {
            SingleThread.End();
        }

        static double[] Results(float[][] vectors)
        {
            double[] withX = new double[5], withY = new double[5];
            var result = new float[100_000];
            VectorMath.Dots(vectors, vectors[0], vectors[1], withX, withY);
            VectorMath.Combine(result, 2, vectors[2], withX, vectors);
            return [.. withX, .. withY, VectorMath.AbsoluteSum(result), VectorMath.Dot(result, vectors[0]), .. result];
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8999)]
    public void AValueThatIsNoNumberIsSeen(int place)
    {
        var x = Values(9000, 1);
        x[place] = float.NaN;
        Assert.Equal(float.NaN, VectorMath.AbsoluteMax(x));
    }

    [Fact]
    public void LengthsThatDifferAreNamed()
    {
        Assert.Contains("same length, got 2 and 3", Assert.Throws<ArgumentException>(() => VectorMath.Dot(new float[2], new float[3])).Message);
        Assert.Contains("same length, got 2 and 3", Assert.Throws<ArgumentException>(
            () => VectorMath.Dots([new float[2]], new float[3], new float[3], new double[1], new double[1])).Message);
    }

    private static float[] Values(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }
}
