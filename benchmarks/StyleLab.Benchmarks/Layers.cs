using System.Globalization;
using StyleLab.Benchmarks.VersusPyTorch;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines.Simd;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;
using StyleLab.Tensors.Threads;

namespace StyleLab.Benchmarks;

/// <summary>
/// The convolutions of VGG-19 at 256×256 and of the slim network, forward and input gradient, on one thread: the fastest of
/// 40 runs, as speed of the direct convolution it replaces, and as a multiple of the processor's multiply-add peak.
/// </summary>
internal static class Layers
{
    private const int Runs = 40;

    private static readonly (int Inputs, int Outputs, int Size)[] s_layers =
    [
        (16, 16, 256), (32, 32, 128), (64, 64, 64), (128, 128, 32),
        (3, 64, 256), (64, 64, 256), (64, 128, 128), (128, 128, 128), (128, 256, 64), (256, 256, 64), (256, 512, 32), (512, 512, 32), (512, 512, 16),
    ];

    public static void Print()
    {
        var engine = new SimdEngine(ConvolutionAlgorithm.Best(), new WorkerPool(1));
        double peak = FmaPeak.Measure(1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine.Name}; multiply-add peak {peak / 1e9:F0} GFLOP/s"));
        Console.WriteLine("| layer | forward ms | GFLOP/s | × peak | gradient ms | GFLOP/s | × peak |\n|---|---|---|---|---|---|---|");
        foreach (var (inputs, outputs, size) in s_layers)
        {
            var x = Tensor.Variable(new Shape(1, inputs, size, size));
            var weights = Tensor.Constant(Numbers(outputs * inputs * 9), new Shape(outputs, inputs, 3, 3));
            var y = x.Convolution(weights, Tensor.Constant(new float[outputs], new Shape(1, outputs, 1, 1)), Padding.Reflect).Relu();
            using var plan = Plan.Compile([y, Gradient.Of(y.Sum(), x)[0]], engine);
            plan.Write(x, Numbers((int)x.Shape.Count));

            double forward = double.MaxValue, gradient = double.MaxValue;
            for (int run = 0; run < Runs; run++)
                foreach (var (step, time) in plan.Measure())
                    if (step.StartsWith("ConvolutionInputGradient", StringComparison.Ordinal))
                        gradient = Math.Min(gradient, time.TotalSeconds);
                    else if (step.StartsWith("Convolution", StringComparison.Ordinal))
                        forward = Math.Min(forward, time.TotalSeconds);

            double flops = 2.0 * 9 * inputs * outputs * size * size;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {inputs} → {outputs}, {size}² | {forward * 1e3:F2} | {flops / forward / 1e9:F0} | {flops / forward / peak:F2} | {gradient * 1e3:F2} | {flops / gradient / 1e9:F0} | {flops / gradient / peak:F2} |"));
        }
    }

    private static float[] Numbers(int count) => Picture.Noise((count + 2) / 3, 1, 1, (0, 0, 0), 0.3).Values[..count];
}
