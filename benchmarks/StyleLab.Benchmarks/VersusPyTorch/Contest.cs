namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>What both sides compute: a style transfer with one loss network at one size.</summary>
/// <param name="Network">"vgg19" or "vgg19-slim".</param>
/// <param name="Size">Pixels each way.</param>
internal sealed record Contest(string Network, int Size)
{
    /// <summary>Pixels of the picture.</summary>
    public long Pixels => (long)Size * Size;

    /// <summary>
    /// Floating-point operations of one evaluation if every convolution up to conv5_1 is computed directly:
    /// a multiplication and an addition for each weight and position, forward, and as many for the gradient.
    /// </summary>
    public double DirectFlops
    {
        get
        {
            var architecture = Network == "vgg19" ? Architecture.Vgg19 : Architecture.Vgg19Slim;
            var layers = LayerCost.Of(architecture).Where(l => l.MacsPerPixel > 0).ToList();
            int last = layers.FindIndex(l => l.Name == "conv5_1");
            return 2 * 2 * Pixels * layers.Take(last + 1).Sum(l => l.MacsPerPixel);
        }
    }

    public override string ToString() => $"{Network} {Size}²";
}
