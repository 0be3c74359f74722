using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Putting channels together and apart, when neither cuts through a block of 16: copies of whole planes or blocks. A part is one of them.
internal sealed unsafe partial class SimdEngine
{
    public override void Concatenate(Storage x, Storage y, Storage result)
    {
        if (x.Layout != result.Layout || y.Layout != result.Layout)
        {
            base.Concatenate(x, y, result);
            return;
        }
        int first = ChannelGroups(x) / x.Shape.Batch, second = ChannelGroups(y) / y.Shape.Batch;
        _pool.Run(ChannelGroups(x), new CopyChannelsJob(x, result, first, first, 0, first + second, 0));
        _pool.Run(ChannelGroups(y), new CopyChannelsJob(y, result, second, second, 0, first + second, first));
    }

    public override void SliceChannels(Storage x, int first, Storage y)
    {
        int lanes = y.Layout == Layout.Planar ? 1 : Storage.Block;
        if (x.Layout != y.Layout || first % lanes != 0)
        {
            base.SliceChannels(x, first, y);
            return;
        }
        int count = ChannelGroups(y) / y.Shape.Batch;
        _pool.Run(ChannelGroups(y), new CopyChannelsJob(x, y, count, ChannelGroups(x) / x.Shape.Batch, first / lanes, count, 0));
    }

    /// <summary>Copies as many planes or blocks of each picture as <paramref name="count"/> says.</summary>
    private readonly struct CopyChannelsJob(
        Storage source, Storage target, int count, int sourceGroups, int sourceFirst, int targetGroups, int targetFirst) : IParallelJob
    {
        public void Run(int part)
        {
            int n = part / count, group = part % count;
            int length = source.Shape.Area * (source.Layout == Layout.Planar ? 1 : Storage.Block);
            new ReadOnlySpan<float>(source.Data + (long)(n * sourceGroups + sourceFirst + group) * length, length)
                .CopyTo(new Span<float>(target.Data + (long)(n * targetGroups + targetFirst + group) * length, length));
        }
    }
}
