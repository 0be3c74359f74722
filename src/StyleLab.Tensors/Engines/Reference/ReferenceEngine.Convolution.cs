namespace StyleLab.Tensors.Engines.Reference;

internal unsafe partial class ReferenceEngine
{
    public virtual bool FusesPooling(Shape x, Shape weights) => false;

    public virtual void Convolution(
        Storage x, IFilters filters, Storage bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask)
    {
        var (weights, shape) = (PlainFilters)filters;
        int size = shape.Height, half = size / 2;
        Each(y.Shape, (n, k, row, column) =>
        {
            double sum = bias[0, k, 0, 0];
            for (int c = 0; c < shape.Channels; c++)
                for (int i = 0; i < size; i++)
                    for (int j = 0; j < size; j++)
                    {
                        int sourceRow = padding.Source(row + i - half, x.Shape.Height);
                        int sourceColumn = padding.Source(column + j - half, x.Shape.Width);
                        if (sourceRow >= 0 && sourceColumn >= 0)
                            sum += (double)weights[((k * shape.Channels + c) * size + i) * size + j] * x[n, c, sourceRow, sourceColumn];
                    }
            y[n, k, row, column] = withRelu ? Math.Max((float)sum, 0) : (float)sum;
        });
        if (mask.Exists)
            PositiveMask(y, mask);
    }

    public virtual void ConvolutionInputGradient(
        Storage gradient, Storage mask, IFilters filters, Padding padding, FusedPool pool, Storage result)
    {
        var (weights, shape) = (PlainFilters)filters;
        int size = shape.Height, half = size / 2, height = result.Shape.Height, width = result.Shape.Width;
        var sums = new double[result.Count];

        // Every position of the padded input gets its gradient; a border position hands it to the place it was copied from.
        for (int n = 0; n < result.Shape.Batch; n++)
            for (int c = 0; c < result.Shape.Channels; c++)
                for (int row = -half; row < height + half; row++)
                    for (int column = -half; column < width + half; column++)
                    {
                        int targetRow = padding.Source(row, height), targetColumn = padding.Source(column, width);
                        if (targetRow < 0 || targetColumn < 0)
                            continue;
                        double sum = 0;
                        for (int k = 0; k < shape.Batch; k++)
                            for (int i = 0; i < size; i++)
                                for (int j = 0; j < size; j++)
                                {
                                    // The tap (i, j) fell on this position from the output at (y, x).
                                    int y = row - i + half, x = column - j + half;
                                    if ((uint)y < (uint)height && (uint)x < (uint)width && (!mask.Exists || mask[n, k, y, x] > 0))
                                        sum += (double)weights[((k * shape.Channels + c) * size + i) * size + j] * gradient[n, k, y, x];
                                }
                        sums[((n * result.Shape.Channels + c) * height + targetRow) * width + targetColumn] += sum;
                    }

        int index = 0;
        Each(result.Shape, (n, c, row, column) => result[n, c, row, column] = (float)sums[index++]);
    }
}
