namespace StyleLab.Pictures;

/// <summary>
/// The discrete Poisson equation on the pixels of a mask: for each pixel p inside, Σ (f(p) − f(q)) = Σ v(p, q) over its
/// neighbours q in the picture, with f given outside the mask. Solved by conjugate gradients, preconditioned by a modified
/// incomplete Cholesky factorisation (Gustafsson 1978), which makes the number of rounds grow with the root of the width only.
/// </summary>
internal sealed class PoissonSystem
{
    // A residual of this part of the first one is far below what 8 bits show.
    private const double Tolerance = 1e-7;
    private const int MostRounds = 5000;

    private readonly int _width, _height;

    /// <summary>The pixels inside, row by row; the index of each, or −1.</summary>
    private readonly int[] _pixels, _indexOf;

    // Unknowns beside: left, right, above, below, or −1; and the number of neighbours in the picture.
    private readonly int[] _left, _right, _above, _below, _neighbours;
    private readonly double[] _inverseDiagonal;

    public PoissonSystem(bool[] inside, int width, int height)
    {
        (_width, _height) = (width, height);
        _pixels = [.. Enumerable.Range(0, inside.Length).Where(i => inside[i])];
        _indexOf = new int[inside.Length];
        Array.Fill(_indexOf, -1);
        for (int i = 0; i < _pixels.Length; i++)
            _indexOf[_pixels[i]] = i;
        _left = [.. _pixels.Select(p => p % width > 0 ? _indexOf[p - 1] : -1)];
        _right = [.. _pixels.Select(p => p % width < width - 1 ? _indexOf[p + 1] : -1)];
        _above = [.. _pixels.Select(p => p >= width ? _indexOf[p - width] : -1)];
        _below = [.. _pixels.Select(p => p < width * (height - 1) ? _indexOf[p + width] : -1)];
        _neighbours = [.. _pixels.Select(p => Neighbours(p).Count())];
        _inverseDiagonal = Factorize();
    }

    /// <summary>Solves for one plane, whose values inside are the first guess and become the solution.</summary>
    /// <param name="plane">Height rows of width values.</param>
    /// <param name="difference">v(p, q) for p at the first two coordinates (x, y) and q at the last two.</param>
    public void Solve(Span<float> plane, Func<int, int, int, int, double> difference)
    {
        var solution = new double[_pixels.Length];
        var wanted = new double[_pixels.Length];
        for (int i = 0; i < _pixels.Length; i++)
        {
            int p = _pixels[i];
            solution[i] = plane[p];
            foreach (int q in Neighbours(p))
                wanted[i] += difference(p % _width, p / _width, q % _width, q / _width) + (_indexOf[q] < 0 ? plane[q] : 0);
        }
        ConjugateGradients(solution, wanted);
        for (int i = 0; i < _pixels.Length; i++)
            plane[_pixels[i]] = (float)solution[i];
    }

    private void ConjugateGradients(double[] solution, double[] wanted)
    {
        int count = solution.Length;
        double[] residual = new double[count], image = new double[count], conditioned = new double[count];
        Apply(solution, image);
        for (int i = 0; i < count; i++)
            residual[i] = wanted[i] - image[i];
        double end = Math.Max(Dot(residual, residual) * Tolerance * Tolerance, 1e-24);
        Precondition(residual, conditioned);
        double[] direction = [.. conditioned];
        double size = Dot(residual, conditioned);
        for (int round = 0; round < MostRounds && Dot(residual, residual) > end; round++)
        {
            Apply(direction, image);
            double step = size / Dot(direction, image);
            for (int i = 0; i < count; i++)
            {
                solution[i] += step * direction[i];
                residual[i] -= step * image[i];
            }
            Precondition(residual, conditioned);
            double before = size;
            size = Dot(residual, conditioned);
            for (int i = 0; i < count; i++)
                direction[i] = conditioned[i] + size / before * direction[i];
        }
    }

    private void Apply(double[] values, double[] image)
    {
        for (int i = 0; i < values.Length; i++)
            image[i] = _neighbours[i] * values[i] - At(values, _left[i]) - At(values, _right[i]) - At(values, _above[i]) - At(values, _below[i]);
    }

    /// <summary>Inverse roots of the diagonal of a lower triangle that has entries only where the matrix has.</summary>
    private double[] Factorize()
    {
        // Gustafsson's modification, held back a little so that the diagonal stays safely positive.
        const double modified = 0.97, least = 0.25;
        var inverse = new double[_pixels.Length];
        for (int i = 0; i < inverse.Length; i++)
        {
            double diagonal = _neighbours[i];
            if (_left[i] is var left and >= 0)
                diagonal -= inverse[left] * inverse[left] * (1 + (_below[left] >= 0 ? modified : 0));
            if (_above[i] is var above and >= 0)
                diagonal -= inverse[above] * inverse[above] * (1 + (_right[above] >= 0 ? modified : 0));
            inverse[i] = 1 / Math.Sqrt(diagonal < least * _neighbours[i] ? _neighbours[i] : diagonal);
        }
        return inverse;
    }

    /// <summary>Solves with the triangle and then with its transpose.</summary>
    private void Precondition(double[] residual, double[] result)
    {
        for (int i = 0; i < residual.Length; i++)
            result[i] = (residual[i] + Scaled(result, _left[i]) + Scaled(result, _above[i])) * _inverseDiagonal[i];
        for (int i = residual.Length - 1; i >= 0; i--)
            result[i] = (result[i] + _inverseDiagonal[i] * (At(result, _right[i]) + At(result, _below[i]))) * _inverseDiagonal[i];
    }

    private double Scaled(double[] values, int index) => index < 0 ? 0 : values[index] * _inverseDiagonal[index];

    private static double At(double[] values, int index) => index < 0 ? 0 : values[index];

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private IEnumerable<int> Neighbours(int pixel)
    {
        int x = pixel % _width, y = pixel / _width;
        if (x > 0)
            yield return pixel - 1;
        if (x < _width - 1)
            yield return pixel + 1;
        if (y > 0)
            yield return pixel - _width;
        if (y < _height - 1)
            yield return pixel + _width;
    }
}
