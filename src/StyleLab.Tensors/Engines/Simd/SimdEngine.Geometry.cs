using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Cutting and zero borders are copies of rows; a part is one row of one plane or of one block of 16 channels.
internal sealed unsafe partial class SimdEngine
{
    public override void Crop(Storage x, int top, int left, Storage y) =>
        _pool.Run(ChannelGroups(y) * y.Shape.Height, new CropJob(x, top, left, y));

    public override void Pad(Storage x, Padding padding, int top, int left, Storage y)
    {
        if (padding == Padding.Zero)
            _pool.Run(ChannelGroups(y) * y.Shape.Height, new ZeroBorderJob(x, top, left, y));
        else
            base.Pad(x, padding, top, left, y);
    }

    /// <summary>A row of a plane, or of a block of 16 channels.</summary>
    private static Span<float> Row(Storage x, int group, int row)
    {
        int length = x.Shape.Width * (x.Layout == Layout.Planar ? 1 : Storage.Block);
        return new(x.Data + ((long)group * x.Shape.Height + row) * length, length);
    }

    private readonly struct CropJob(Storage x, int top, int left, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int group = part / y.Shape.Height, row = part % y.Shape.Height;
            int lanes = y.Layout == Layout.Planar ? 1 : Storage.Block;
            Row(x, group, row + top).Slice(left * lanes, y.Shape.Width * lanes).CopyTo(Row(y, group, row));
        }
    }

    private readonly struct ZeroBorderJob(Storage x, int top, int left, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int group = part / y.Shape.Height, row = part % y.Shape.Height, source = row - top;
            int lanes = y.Layout == Layout.Planar ? 1 : Storage.Block;
            var target = Row(y, group, row);
            target.Clear();
            if ((uint)source < (uint)x.Shape.Height)
                Row(x, group, source).CopyTo(target[(left * lanes)..]);
        }
    }
}
