using StyleLab.Tensors.Engines;

namespace StyleLab;

/// <summary>The engines of torch beside those of the library.</summary>
public static class TorchEngineExtensions
{
    extension(Engine)
    {
        /// <summary>Computes with libtorch, on the CPU or a GPU. The same one every time.</summary>
        /// <param name="device"><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>mps</c>.</param>
        /// <param name="threads">How many threads compute on the CPU, where the same number gives the same bits; libtorch's own number if not given.</param>
        /// <exception cref="StyleLabException">libtorch is not here, or has no such device; says what to do.</exception>
        /// <example><code>await network.Synthesize(objective, Start.Content(), engine: Engine.Torch("cuda"))</code></example>
        public static IEngine Torch(string device = "cpu", int? threads = null) => TorchEngine.On(device, threads);
    }
}
