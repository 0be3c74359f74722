namespace StyleLab.Tensors.Engines.Reference;

internal unsafe partial class ReferenceEngine
{
    public virtual void Concatenate(Storage x, Storage y, Storage result) => Each(result.Shape, (n, c, row, column) =>
        result[n, c, row, column] = c < x.Shape.Channels ? x[n, c, row, column] : y[n, c - x.Shape.Channels, row, column]);

    public virtual void SliceChannels(Storage x, int first, Storage y) =>
        Each(y.Shape, (n, c, row, column) => y[n, c, row, column] = x[n, first + c, row, column]);
}
