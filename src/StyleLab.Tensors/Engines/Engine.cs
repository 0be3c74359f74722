using StyleLab.Tensors.Engines.Reference;
using StyleLab.Tensors.Engines.Simd;

namespace StyleLab.Tensors.Engines;

/// <summary>The engines that come with the library, and those that are known by name.</summary>
public static class Engine
{
    private const string Variable = "STYLELAB_ENGINE";

    private static readonly Lock s_lock = new();
    private static IEngine? s_default;

    /// <summary>Plain loops in the order of the formulas: slow, readable, the definition of right.</summary>
    public static IEngine Reference { get; } = new ReferenceEngine();

    /// <summary>Vector instructions on all cores, the default.</summary>
    public static IEngine Simd { get; } = new SimdEngine(ConvolutionAlgorithm.Best());

    /// <summary>
    /// The engine used when none is named: that of the environment variable STYLELAB_ENGINE (see <see cref="Named"/>), or <see cref="Simd"/>.
    /// Can be set, for all that is computed from then on.
    /// </summary>
    /// <exception cref="StyleLabException">The variable names no engine, or one that does not run here.</exception>
    public static IEngine Default
    {
        get
        {
            lock (s_lock)
                return s_default ??= FromEnvironment();
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (s_lock)
                s_default = value;
        }
    }

    /// <summary>
    /// The engine of a name: <c>simd</c>, <c>reference</c>, or <c>torch</c>, <c>torch:cuda</c>, <c>torch:cuda:1</c>, <c>torch:mps</c> where the
    /// package StyleLab.TorchSharp is. What a recipe says of a torch engine will do as well: it then has the same number of threads.
    /// </summary>
    /// <exception cref="StyleLabException">There is no such engine, or it does not run here; says what to do.</exception>
    public static IEngine Named(string name) => name switch
    {
        "simd" => Simd,
        "reference" => Reference,
        _ when TorchLibrary.Names(name) => TorchLibrary.Engine(name),
        _ => throw new StyleLabException($"There is no engine '{name}'; known are simd, reference, torch, torch:cuda and torch:mps."),
    };

    private static IEngine FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } name)
            return Simd;
        try
        {
            return Named(name);
        }
        catch (StyleLabException error)
        {
            throw new StyleLabException($"The environment variable {Variable} is '{name}'. {error.Message}", error);
        }
    }
}
