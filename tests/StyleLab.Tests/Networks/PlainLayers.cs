namespace StyleLab.Tests.Networks;

/// <summary>The layers of a loss network as plain loops in double precision, one plane a channel.</summary>
internal static class PlainLayers
{
    public static float[,] Plane(int height, int width, Func<int, int, double> value)
    {
        var plane = new float[height, width];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                plane[y, x] = (float)value(y, x);
        return plane;
    }

    public static float[][,] Convolve(float[][,] input, ConvolutionWeights weights, bool reflect)
    {
        var (height, width) = (input[0].GetLength(0), input[0].GetLength(1));
        return Enumerable.Range(0, weights.Bias.Values.Length).Select(output => Plane(height, width, (y, x) =>
        {
            double sum = weights.Bias.Values[output];
            for (var c = 0; c < input.Length; c++)
                for (var ky = 0; ky < 3; ky++)
                    for (var kx = 0; kx < 3; kx++)
                        sum += (double)At(input[c], y + ky - 1, x + kx - 1)
                            * weights.Weight.Values[((output * input.Length + c) * 3 + ky) * 3 + kx];
            return sum;
        })).ToArray();

        float At(float[,] plane, int y, int x)
        {
            if (reflect)
                return plane[Reflect(y, height), Reflect(x, width)];
            return y < 0 || x < 0 || y >= height || x >= width ? 0 : plane[y, x];
        }

        static int Reflect(int i, int length) => i < 0 ? -i : i >= length ? 2 * length - 2 - i : i;
    }

    public static float[][,] Relu(float[][,] input) => Array.ConvertAll(input, plane =>
        Plane(plane.GetLength(0), plane.GetLength(1), (y, x) => Math.Max(plane[y, x], 0)));

    public static float[][,] Pool(float[][,] input, Pooling pooling) => Array.ConvertAll(input, plane =>
        Plane(plane.GetLength(0) / 2, plane.GetLength(1) / 2, (y, x) =>
        {
            double[] four = [plane[2 * y, 2 * x], plane[2 * y, 2 * x + 1], plane[2 * y + 1, 2 * x], plane[2 * y + 1, 2 * x + 1]];
            return pooling == Pooling.Max ? four.Max() : four.Average();
        }));
}
