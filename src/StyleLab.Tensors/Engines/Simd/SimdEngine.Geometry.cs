using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Cutting and borders are copies of rows; a part is one row of one plane or of one block of 16 channels.
internal sealed unsafe partial class SimdEngine
{
    public override void Crop(Storage x, int top, int left, Storage y) =>
        _pool.Run(ChannelGroups(y) * y.Shape.Height, new CropJob(x, top, left, y));

    public override void Pad(Storage x, Padding padding, int top, int left, Storage y) =>
        _pool.Run(ChannelGroups(y) * y.Shape.Height, new BorderJob(x, padding, top, left, y));

    public override void PadGradient(Storage gradient, Padding padding, int top, int left, Storage result) =>
        _pool.Run(ChannelGroups(result) * result.Shape.Height, new BorderGradientJob(gradient, padding, top, left, result));

    /// <summary>A row of a plane, or of a block of 16 channels.</summary>
    private static Span<float> Row(Storage x, int group, int row)
    {
        int length = x.Shape.Width * LanesOf(x);
        return new(x.Data + ((long)group * x.Shape.Height + row) * length, length);
    }

    /// <summary>Values that lie side by side at a position.</summary>
    private static int LanesOf(Storage x) => x.Layout == Layout.Planar ? 1 : Storage.Block;

    private readonly struct CropJob(Storage x, int top, int left, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int group = part / y.Shape.Height, row = part % y.Shape.Height, lanes = LanesOf(y);
            Row(x, group, row + top).Slice(left * lanes, y.Shape.Width * lanes).CopyTo(Row(y, group, row));
        }
    }

    private readonly struct BorderJob(Storage x, Padding padding, int top, int left, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int group = part / y.Shape.Height, row = part % y.Shape.Height, lanes = LanesOf(y), width = x.Shape.Width;
            int source = padding.Source(row - top, x.Shape.Height);
            var target = Row(y, group, row);
            if (source < 0)
            {
                target.Clear();
                return;
            }
            var values = Row(x, group, source);
            Border(values, target, 0, left, lanes);
            values.CopyTo(target[(left * lanes)..]);
            Border(values, target, left + width, y.Shape.Width, lanes);
        }

        /// <summary>The columns of a border, from <paramref name="first"/> to before <paramref name="last"/>.</summary>
        private void Border(ReadOnlySpan<float> values, Span<float> target, int first, int last, int lanes)
        {
            for (int column = first; column < last; column++)
            {
                int source = padding.Source(column - left, x.Shape.Width);
                if (source < 0)
                    target.Slice(column * lanes, lanes).Clear();
                else
                    values.Slice(source * lanes, lanes).CopyTo(target[(column * lanes)..]);
            }
        }
    }

    /// <summary>A row of the result gets what was taken from it, in the order in which it lies: the same sums as in plain loops.</summary>
    private readonly struct BorderGradientJob(Storage gradient, Padding padding, int top, int left, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int group = part / result.Shape.Height, row = part % result.Shape.Height, height = result.Shape.Height;
            var target = Row(result, group, row);
            target.Clear();
            for (int above = 0; above < top; above++)
                AddIfTaken(group, above, row, target);
            AddIfTaken(group, row + top, row, target);
            for (int below = top + height; below < gradient.Shape.Height; below++)
                AddIfTaken(group, below, row, target);
        }

        private void AddIfTaken(int group, int padded, int row, Span<float> target)
        {
            if (padding.Source(padded - top, result.Shape.Height) != row)
                return;
            var values = Row(gradient, group, padded);
            int lanes = LanesOf(result), width = result.Shape.Width;
            Border(values, target, 0, left, lanes);
            AddTo(target, values.Slice(left * lanes, width * lanes));
            Border(values, target, left + width, gradient.Shape.Width, lanes);
        }

        private void Border(ReadOnlySpan<float> values, Span<float> target, int first, int last, int lanes)
        {
            for (int column = first; column < last; column++)
                if (padding.Source(column - left, result.Shape.Width) is >= 0 and var source)
                    AddTo(target.Slice(source * lanes, lanes), values[(column * lanes)..]);
        }
    }
}
