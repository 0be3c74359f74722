namespace StyleLab.Tensors.Engines.Reference;

internal unsafe partial class ReferenceEngine
{
    public virtual void Pad(Storage x, Padding padding, int top, int left, Storage y) => Each(y.Shape, (n, c, row, column) =>
    {
        int sourceRow = padding.Source(row - top, x.Shape.Height), sourceColumn = padding.Source(column - left, x.Shape.Width);
        y[n, c, row, column] = sourceRow < 0 || sourceColumn < 0 ? 0 : x[n, c, sourceRow, sourceColumn];
    });

    public virtual void PadGradient(Storage gradient, Padding padding, int top, int left, Storage result)
    {
        Clear(result);
        Each(gradient.Shape, (n, c, row, column) =>
        {
            int targetRow = padding.Source(row - top, result.Shape.Height);
            int targetColumn = padding.Source(column - left, result.Shape.Width);
            if (targetRow >= 0 && targetColumn >= 0)
                result[n, c, targetRow, targetColumn] += gradient[n, c, row, column];
        });
    }

    public virtual void Crop(Storage x, int top, int left, Storage y) =>
        Each(y.Shape, (n, c, row, column) => y[n, c, row, column] = x[n, c, row + top, column + left]);

    public virtual void Resize(Storage x, Storage y)
    {
        var rows = new ResizeTaps(x.Shape.Height, y.Shape.Height);
        var columns = new ResizeTaps(x.Shape.Width, y.Shape.Width);
        Each(y.Shape, (n, c, row, column) =>
        {
            double sum = 0;
            foreach (var (sourceRow, rowWeight) in rows[row])
                foreach (var (sourceColumn, columnWeight) in columns[column])
                    sum += rowWeight * columnWeight * x[n, c, sourceRow, sourceColumn];
            y[n, c, row, column] = (float)sum;
        });
    }

    public virtual void ResizeGradient(Storage gradient, Storage result)
    {
        Clear(result);
        var rows = new ResizeTaps(result.Shape.Height, gradient.Shape.Height);
        var columns = new ResizeTaps(result.Shape.Width, gradient.Shape.Width);
        Each(gradient.Shape, (n, c, row, column) =>
        {
            foreach (var (targetRow, rowWeight) in rows[row])
                foreach (var (targetColumn, columnWeight) in columns[column])
                    result[n, c, targetRow, targetColumn] += (float)(rowWeight * columnWeight * gradient[n, c, row, column]);
        });
    }
}
