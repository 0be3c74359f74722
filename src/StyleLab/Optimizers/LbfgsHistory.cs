using System.Runtime.InteropServices;
using StyleLab.Tensors.Vectors;

namespace StyleLab.Optimizers;

/// <summary>
/// The last pairs of differences s = xₖ₊₁ − xₖ and y = gₖ₊₁ − gₖ of a run, and the two-loop recursion over them (Nocedal 1980)
/// done in coordinates: a direction is a sum of s, y and the gradient, so that the loops need only the products of these
/// vectors (Chen, Wang and Zhou: Large-scale L-BFGS using MapReduce, 2014). Most products are known from earlier steps: all vectors
/// are read twice, once for the new products and once for the sum, where the loops on the vectors read and write ten for each pair.
/// </summary>
/// <param name="capacity">Pairs kept at most.</param>
internal sealed class LbfgsHistory(int capacity)
{
    // The oldest pair is first.
    private readonly List<float[]> _s = [], _y = [];

    // Products sᵢ·yⱼ and yᵢ·yⱼ for i ≤ j; the others are not needed.
    private readonly double[,] _sy = new double[capacity, capacity], _yy = new double[capacity, capacity];

    /// <summary>Pairs there are.</summary>
    public int Count => _s.Count;

    /// <summary>A pair; 0 is the oldest.</summary>
    public (float[] S, float[] Y) this[int index] => (_s[index], _y[index]);

    /// <summary>Takes a pair into the history, and gives two arrays of the same length back for other use: those of a pair that is dropped for it.</summary>
    /// <param name="s">Difference of positions.</param>
    /// <param name="y">Difference of gradients.</param>
    public (float[] S, float[] Y) Add(float[] s, float[] y)
    {
        (float[], float[]) free = Count < capacity ? (new float[s.Length], new float[s.Length]) : DropOldest();
        _s.Add(s);
        _y.Add(y);
        return free;
    }

    /// <summary>direction ← −H·gradient. To be asked once after each pair that was added.</summary>
    public void FindDirection(ReadOnlySpan<float> gradient, Span<float> direction)
    {
        int count = Count, last = count - 1;
        if (count == 0)
        {
            VectorMath.Combine(direction, -1, gradient, [], []);
            return;
        }
        Span<double> sg = stackalloc double[count], yg = stackalloc double[count];
        Measure(gradient, sg, yg);

        // First loop: q = −g − Σ αⱼ·yⱼ, from the newest pair to the oldest.
        Span<double> factors = stackalloc double[2 * count];
        Span<double> alongS = factors[..count], alpha = factors[count..];
        for (int i = last; i >= 0; i--)
        {
            double sq = -sg[i];
            for (int j = i + 1; j < count; j++)
                sq -= alpha[j] * _sy[i, j];
            alpha[i] = sq / _sy[i, i];
        }
        // Second loop: r = γ·q + Σ (αⱼ − βⱼ)·sⱼ, from the oldest to the newest.
        double gamma = _sy[last, last] / _yy[last, last];
        for (int i = 0; i < count; i++)
        {
            double yr = -yg[i];
            for (int j = 0; j < count; j++)
                yr -= alpha[j] * _yy[Math.Min(i, j), Math.Max(i, j)];
            yr *= gamma;
            for (int j = 0; j < i; j++)
                yr += alongS[j] * _sy[j, i];
            alongS[i] = alpha[i] - yr / _sy[i, i];
        }
        foreach (ref double factor in alpha)
            factor *= -gamma;
        VectorMath.Combine(direction, (float)-gamma, gradient, factors, Vectors());
    }

    /// <summary>Finds the products that came with the newest pair.</summary>
    public void MeasureLast() => Measure(_y[^1], stackalloc double[Count], stackalloc double[Count]);

    /// <summary>Finds the products that came with the newest pair, and those of all vectors with a gradient.</summary>
    private void Measure(ReadOnlySpan<float> gradient, Span<double> sg, Span<double> yg)
    {
        int count = Count, last = count - 1;
        Span<double> withLast = stackalloc double[2 * count], withGradient = stackalloc double[2 * count];
        VectorMath.Dots(Vectors(), _y[last], gradient, withLast, withGradient);
        for (int i = 0; i < count; i++)
            (_sy[i, last], _yy[i, last]) = (withLast[i], withLast[count + i]);
        withGradient[..count].CopyTo(sg);
        withGradient[count..].CopyTo(yg);
    }

    private ReadOnlySpan<float[]> Vectors() => CollectionsMarshal.AsSpan((List<float[]>)[.. _s, .. _y]);

    private (float[] S, float[] Y) DropOldest()
    {
        var oldest = this[0];
        _s.RemoveAt(0);
        _y.RemoveAt(0);
        for (int i = 0; i < Count; i++)
            for (int j = i; j < Count; j++)
                (_sy[i, j], _yy[i, j]) = (_sy[i + 1, j + 1], _yy[i + 1, j + 1]);
        return oldest;
    }
}
