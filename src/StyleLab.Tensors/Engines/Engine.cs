using StyleLab.Tensors.Engines.Reference;
using StyleLab.Tensors.Engines.Simd;

namespace StyleLab.Tensors.Engines;

/// <summary>The engines that come with the library.</summary>
public static class Engine
{
    /// <summary>Plain loops in the order of the formulas: slow, readable, the definition of right.</summary>
    public static IEngine Reference { get; } = new ReferenceEngine();

    /// <summary>Vector instructions on all cores, the default.</summary>
    public static IEngine Simd { get; } = new SimdEngine(ConvolutionAlgorithm.Best());

    /// <summary>
    /// The engine used when none is named: <see cref="Simd"/>, or <see cref="Reference"/> when the environment variable
    /// STYLELAB_ENGINE is "reference".
    /// </summary>
    public static IEngine Default { get; } = Environment.GetEnvironmentVariable("STYLELAB_ENGINE") switch
    {
        null or "" or "simd" => Simd,
        "reference" => Reference,
        var other => throw new InvalidOperationException($"STYLELAB_ENGINE is '{other}'; it can be 'simd' or 'reference'."),
    };
}
