namespace StyleLab.Tensors.Engines.Reference;

internal unsafe partial class ReferenceEngine
{
    public virtual void MaxPool(Storage x, Storage y) => Each(y.Shape, (n, c, row, column) =>
    {
        var (bestRow, bestColumn) = Largest(x, n, c, row, column);
        y[n, c, row, column] = x[n, c, bestRow, bestColumn];
    });

    public virtual void MaxPoolGradient(Storage x, Storage gradient, Storage result)
    {
        Clear(result);
        Each(gradient.Shape, (n, c, row, column) =>
        {
            var (bestRow, bestColumn) = Largest(x, n, c, row, column);
            result[n, c, bestRow, bestColumn] = gradient[n, c, row, column];
        });
    }

    public virtual void AveragePool(Storage x, Storage y) => Each(y.Shape, (n, c, row, column) =>
        y[n, c, row, column] = ((x[n, c, 2 * row, 2 * column] + x[n, c, 2 * row, 2 * column + 1]) +
            (x[n, c, 2 * row + 1, 2 * column] + x[n, c, 2 * row + 1, 2 * column + 1])) * 0.25f);

    public virtual void AveragePoolGradient(Storage gradient, Storage result)
    {
        Clear(result);
        Each(gradient.Shape, (n, c, row, column) =>
        {
            float share = gradient[n, c, row, column] * 0.25f;
            for (int i = 0; i < 2; i++)
                for (int j = 0; j < 2; j++)
                    result[n, c, 2 * row + i, 2 * column + j] = share;
        });
    }

    public virtual void Gram(Storage x, Storage y) => Each(y.Shape, (n, _, a, b) =>
    {
        double sum = 0;
        for (int row = 0; row < x.Shape.Height; row++)
            for (int column = 0; column < x.Shape.Width; column++)
                sum += (double)x[n, a, row, column] * x[n, b, row, column];
        y[n, 0, a, b] = (float)sum;
    });

    public virtual void GramGradient(Storage x, Storage gradient, Storage addend, Storage result) => Each(result.Shape, (n, c, row, column) =>
    {
        double sum = !addend.Exists ? 0 : addend[n, c, row, column];
        for (int b = 0; b < x.Shape.Channels; b++)
            sum += ((double)gradient[n, 0, c, b] + gradient[n, 0, b, c]) * x[n, b, row, column];
        result[n, c, row, column] = (float)sum;
    });

    /// <summary>The first largest value of a 2×2 window in reading order, as PyTorch chooses it.</summary>
    private static (int Row, int Column) Largest(Storage x, int n, int c, int row, int column)
    {
        var best = (Row: 2 * row, Column: 2 * column);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                if (x[n, c, 2 * row + i, 2 * column + j] > x[n, c, best.Row, best.Column])
                    best = (2 * row + i, 2 * column + j);
        return best;
    }
}
