namespace StyleLab.Pictures;

/// <summary>Matrices of 3×3: mixtures and covariances of colours.</summary>
internal static class Matrix3
{
    public static double[,] Multiply(double[,] left, double[,] right)
    {
        var product = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                for (int i = 0; i < 3; i++)
                    product[row, column] += left[row, i] * right[i, column];
        return product;
    }

    public static double[] Multiply(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(row => matrix[row, 0] * vector[0] + matrix[row, 1] * vector[1] + matrix[row, 2] * vector[2])];

    /// <summary>The inverse, by cofactors.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static double[,] Inverse(double[,] matrix)
    {
        var cofactors = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
            {
                int r1 = (row + 1) % 3, r2 = (row + 2) % 3, c1 = (column + 1) % 3, c2 = (column + 2) % 3;
                cofactors[row, column] = matrix[r1, c1] * matrix[r2, c2] - matrix[r1, c2] * matrix[r2, c1];
            }
        double determinant = matrix[0, 0] * cofactors[0, 0] + matrix[0, 1] * cofactors[0, 1] + matrix[0, 2] * cofactors[0, 2];
        if (!(Math.Abs(determinant) > 1e-12))
            throw new InvalidDataException("The matrix has no inverse.");
        var inverse = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                inverse[row, column] = cofactors[column, row] / determinant;
        return inverse;
    }

    /// <summary>A power of a symmetric matrix, by its eigenvalues; smaller ones than the least are taken for the least.</summary>
    public static double[,] Power(double[,] symmetric, double exponent, double least)
    {
        var (values, vectors) = Eigen(symmetric);
        var power = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            double value = Math.Pow(Math.Max(values[i], least), exponent);
            for (int row = 0; row < 3; row++)
                for (int column = 0; column < 3; column++)
                    power[row, column] += value * vectors[row, i] * vectors[column, i];
        }
        return power;
    }

    /// <summary>The lower triangle L with L·Lᵀ equal to the matrix, with no square on the diagonal below the least.</summary>
    public static double[,] Cholesky(double[,] symmetric, double least)
    {
        var lower = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column <= row; column++)
            {
                double rest = symmetric[row, column];
                for (int i = 0; i < column; i++)
                    rest -= lower[row, i] * lower[column, i];
                lower[row, column] = row == column ? Math.Sqrt(Math.Max(rest, least)) : rest / lower[column, column];
            }
        return lower;
    }

    public static double[,] InverseLower(double[,] lower)
    {
        var inverse = new double[3, 3];
        for (int column = 0; column < 3; column++)
            for (int row = column; row < 3; row++)
            {
                double rest = row == column ? 1 : 0;
                for (int i = column; i < row; i++)
                    rest -= lower[row, i] * inverse[i, column];
                inverse[row, column] = rest / lower[row, row];
            }
        return inverse;
    }

    /// <summary>Eigenvalues and, as columns, eigenvectors, by Jacobi's rotations: each makes one entry beside the diagonal zero.</summary>
    private static (double[] Values, double[,] Vectors) Eigen(double[,] symmetric)
    {
        var matrix = (double[,])symmetric.Clone();
        double[,] vectors = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        for (int sweep = 0; sweep < 30; sweep++)
            foreach (var (p, q) in ((int, int)[])[(0, 1), (0, 2), (1, 2)])
            {
                if (matrix[p, q] == 0)
                    continue;
                double ratio = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
                double tangent = (ratio < 0 ? -1 : 1) / (Math.Abs(ratio) + Math.Sqrt(ratio * ratio + 1));
                double cosine = 1 / Math.Sqrt(tangent * tangent + 1), sine = tangent * cosine;
                for (int i = 0; i < 3; i++)
                    (matrix[i, p], matrix[i, q]) = (cosine * matrix[i, p] - sine * matrix[i, q], sine * matrix[i, p] + cosine * matrix[i, q]);
                for (int i = 0; i < 3; i++)
                    (matrix[p, i], matrix[q, i]) = (cosine * matrix[p, i] - sine * matrix[q, i], sine * matrix[p, i] + cosine * matrix[q, i]);
                for (int i = 0; i < 3; i++)
                    (vectors[i, p], vectors[i, q]) = (cosine * vectors[i, p] - sine * vectors[i, q], sine * vectors[i, p] + cosine * vectors[i, q]);
            }
        return ([matrix[0, 0], matrix[1, 1], matrix[2, 2]], vectors);
    }
}
