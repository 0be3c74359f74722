namespace StyleLab.Tensors.Engines.Reference;

internal unsafe partial class ReferenceEngine
{
    public virtual void StridedConvolution(Storage x, IFilters filters, Storage bias, int stride, bool withRelu, Storage y)
    {
        var (weights, shape) = (PlainFilters)filters;
        int size = shape.Height;
        Each(y.Shape, (n, k, row, column) =>
        {
            double sum = bias[0, k, 0, 0];
            for (int c = 0; c < shape.Channels; c++)
                for (int i = 0; i < size; i++)
                    for (int j = 0; j < size; j++)
                        sum += (double)weights[((k * shape.Channels + c) * size + i) * size + j] * x[n, c, row * stride + i, column * stride + j];
            y[n, k, row, column] = withRelu ? Math.Max((float)sum, 0) : (float)sum;
        });
    }

    public virtual void StridedConvolutionInputGradient(
        Storage gradient, Storage mask, IFilters filters, int stride, Storage result)
    {
        var (weights, shape) = (PlainFilters)filters;
        int size = shape.Height;
        Each(result.Shape, (n, c, row, column) =>
        {
            double sum = 0;
            for (int i = 0; i < size; i++)
                for (int j = 0; j < size; j++)
                {
                    // The filter tap (i, j) fell on this position from the output at (y, x), if there is one.
                    var (y, rowRest) = Math.DivRem(row - i, stride);
                    var (x, columnRest) = Math.DivRem(column - j, stride);
                    if (row < i || column < j || rowRest != 0 || columnRest != 0 || y >= gradient.Shape.Height || x >= gradient.Shape.Width)
                        continue;
                    for (int k = 0; k < shape.Batch; k++)
                        if (!mask.Exists || mask[n, k, y, x] > 0)
                            sum += (double)weights[((k * shape.Channels + c) * size + i) * size + j] * gradient[n, k, y, x];
                }
            result[n, c, row, column] = (float)sum;
        });
    }

    public virtual void WindowMaxPool(Storage x, PoolWindow window, Storage y) => Each(y.Shape, (n, c, row, column) =>
    {
        var (bestRow, bestColumn) = Largest(x, n, c, row, column, window);
        y[n, c, row, column] = x[n, c, bestRow, bestColumn];
    });

    public virtual void WindowMaxPoolGradient(Storage x, Storage gradient, PoolWindow window, Storage result)
    {
        Clear(result);
        Each(gradient.Shape, (n, c, row, column) =>
        {
            var (bestRow, bestColumn) = Largest(x, n, c, row, column, window);
            result[n, c, bestRow, bestColumn] += gradient[n, c, row, column];
        });
    }

    public virtual void WindowAveragePool(Storage x, PoolWindow window, Storage y) => Each(y.Shape, (n, c, row, column) =>
    {
        double sum = 0;
        int count = 0;
        EachOfWindow(x.Shape, row, column, window, (i, j) =>
        {
            sum += x[n, c, i, j];
            count++;
        });
        y[n, c, row, column] = (float)(sum / count);
    });

    public virtual void WindowAveragePoolGradient(Storage gradient, PoolWindow window, Storage result)
    {
        Clear(result);
        Each(gradient.Shape, (n, c, row, column) =>
        {
            int count = 0;
            EachOfWindow(result.Shape, row, column, window, (_, _) => count++);
            EachOfWindow(result.Shape, row, column, window, (i, j) => result[n, c, i, j] += gradient[n, c, row, column] / count);
        });
    }

    /// <summary>The first largest value of a window in reading order, as PyTorch chooses it.</summary>
    private static (int Row, int Column) Largest(Storage x, int n, int c, int row, int column, PoolWindow window)
    {
        var best = (Row: window.Begin(row), Column: window.Begin(column));
        EachOfWindow(x.Shape, row, column, window, (i, j) =>
        {
            if (x[n, c, i, j] > x[n, c, best.Row, best.Column])
                best = (i, j);
        });
        return best;
    }

    /// <summary>Visits the positions of one window that lie inside, in reading order.</summary>
    private static void EachOfWindow(Shape shape, int row, int column, PoolWindow window, Action<int, int> visit)
    {
        for (int i = window.Begin(row); i < window.End(row, shape.Height); i++)
            for (int j = window.Begin(column); j < window.End(column, shape.Width); j++)
                visit(i, j);
    }
}
