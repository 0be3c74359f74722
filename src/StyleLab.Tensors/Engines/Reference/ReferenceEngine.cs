using System.Runtime.InteropServices;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Reference;

/// <summary>
/// Every operation as plain loops over positions, sums kept in double. It will not be fast; it says what is right,
/// and the fast engine inherits from it what is not worth making fast.
/// </summary>
internal unsafe partial class ReferenceEngine : IEngine
{
    public virtual string Name => "reference";

    public virtual Layout LayoutOf(Shape shape) => Layout.Planar;

    public virtual Layout LayoutOfMask(Shape shape) => Layout.Planar;

    public nint Allocate(long floats) => (nint)NativeMemoryBlock.Allocate(floats);

    public void Free(nint address) => NativeMemoryBlock.Free((void*)address);

    public void Write(ReadOnlySpan<float> values, Storage target)
    {
        if (target.Layout == Layout.Planar)
        {
            values.CopyTo(new Span<float>(target.Data, (int)target.Count));
            return;
        }
        int i = 0;
        for (int n = 0; n < target.Shape.Batch; n++)
            for (int c = 0; c < target.Shape.Channels; c++)
            {
                float* channel = ChannelOf(target, n, c);
                for (int position = 0; position < target.Shape.Area; position++)
                    channel[(long)position * Storage.Block] = values[i++];
            }
    }

    public void Read(Storage source, Span<float> values)
    {
        if (source.Layout == Layout.Planar)
        {
            new Span<float>(source.Data, (int)source.Count).CopyTo(values);
            return;
        }
        int i = 0;
        for (int n = 0; n < source.Shape.Batch; n++)
            for (int c = 0; c < source.Shape.Channels; c++)
            {
                float* channel = ChannelOf(source, n, c);
                for (int position = 0; position < source.Shape.Area; position++)
                    values[i++] = channel[(long)position * Storage.Block];
            }
    }

    /// <summary>Where a channel begins in blocks of channels; its next position follows after a block.</summary>
    private static float* ChannelOf(Storage storage, int n, int c) =>
        storage.Data + ((long)n * (storage.Shape.Channels / Storage.Block) + c / Storage.Block) * storage.Shape.Area * Storage.Block + c % Storage.Block;

    public virtual IFilters PackFilters(float[] weights, Shape shape) => new PlainFilters(weights, shape);

    /// <summary>Filters in K×C×k×k order.</summary>
    private sealed record PlainFilters(float[] Weights, Shape Shape) : IFilters;

    protected delegate void Visitor(int n, int c, int y, int x);

    /// <summary>Visits every position of a shape in N×C×H×W order.</summary>
    protected static void Each(Shape shape, Visitor visit)
    {
        for (int n = 0; n < shape.Batch; n++)
            for (int c = 0; c < shape.Channels; c++)
                for (int y = 0; y < shape.Height; y++)
                    for (int x = 0; x < shape.Width; x++)
                        visit(n, c, y, x);
    }

    protected static void Clear(Storage y) => NativeMemory.Clear(y.Data, (nuint)(y.Count * sizeof(float)));
}
