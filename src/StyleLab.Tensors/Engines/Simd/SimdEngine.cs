using StyleLab.Tensors.Engines.Reference;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// The operations as vector code on all cores. Feature maps whose channels are a multiple of 16 are kept in blocks of
/// 16 channels from picture to loss; what is rare or small is inherited from the reference.
/// </summary>
internal sealed partial class SimdEngine(ConvolutionAlgorithm algorithm, WorkerPool? pool = null) : ReferenceEngine
{
    // A part of a job is this many floats: small enough to share out, large enough to be worth it, and the same
    // whatever the number of threads, so that sums are always formed in the same order.
    private const int Chunk = 16384;

    private readonly WorkerPool _pool = pool ?? WorkerPool.Shared;

    public override string Name => $"{algorithm.Name}, {_pool.Threads} {(_pool.Threads == 1 ? "thread" : "threads")}";

    public override Layout LayoutOf(Shape shape) =>
        shape.Channels % Storage.Block == 0 ? Layout.ChannelBlocks : Layout.Planar;

    public override Layout LayoutOfMask(Shape shape) =>
        shape.Channels % Storage.Block == 0 ? Layout.Bits : Layout.Planar;

    private static int Chunks(long count) => (int)((count + Chunk - 1) / Chunk);
}
