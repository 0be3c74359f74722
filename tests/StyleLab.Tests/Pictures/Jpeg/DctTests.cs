using StyleLab.Pictures.Jpeg;

namespace StyleLab.Tests.Pictures.Jpeg;

public class DctTests
{
    [Fact]
    public void ForwardIsTheTransformOfTheStandard()
    {
        var random = new Random(4);
        byte[] steps = [.. Enumerable.Repeat((byte)1, 64)];
        var samples = new float[64];
        for (int i = 0; i < 64; i++)
            samples[i] = random.Next(-128, 128);
        double[] expected = Definition(samples);
        var coefficients = new int[64];
        new ForwardDct(steps).Transform([.. samples], coefficients);
        for (int k = 0; k < 64; k++)
            Assert.Equal(expected[ZigZag.ToRowMajor[k]], coefficients[k], 0.501);
    }

    [Fact]
    public void InverseUndoesForward()
    {
        var random = new Random(5);
        byte[] steps = [.. Enumerable.Repeat((byte)1, 64)];
        var coefficients = new int[64];
        var block = new int[64];
        var decoded = new byte[64];
        for (int round = 0; round < 100; round++)
        {
            var samples = new float[64];
            for (int i = 0; i < 64; i++)
                samples[i] = random.Next(-120, 120);
            new ForwardDct(steps).Transform([.. samples], coefficients);
            for (int k = 0; k < 64; k++)
                block[ZigZag.ToRowMajor[k]] = coefficients[k];
            InverseDct.Transform(block, decoded, 8);
            // Rounded coefficients move a sample by about 0.3, and rounding the sample adds a half.
            for (int i = 0; i < 64; i++)
                Assert.InRange(decoded[i] - 128 - samples[i], -2, 2);
        }
    }

    // T.81, A.3.3.
    private static double[] Definition(float[] samples)
    {
        var coefficients = new double[64];
        for (int v = 0; v < 8; v++)
            for (int u = 0; u < 8; u++)
            {
                double sum = 0;
                for (int y = 0; y < 8; y++)
                    for (int x = 0; x < 8; x++)
                        sum += samples[y * 8 + x]
                            * Math.Cos((2 * x + 1) * u * Math.PI / 16) * Math.Cos((2 * y + 1) * v * Math.PI / 16);
                coefficients[v * 8 + u] = sum / 4 * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1);
            }
        return coefficients;
    }
}
