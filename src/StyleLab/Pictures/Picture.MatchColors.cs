using StyleLab.Pictures;

namespace StyleLab;

public sealed partial class Picture
{
    // The variance of one level of 255: less is rounding and not colour, and must not be stretched.
    private const double LeastVariance = 1.0 / (255 * 255);

    /// <summary>
    /// The picture with the colours of another, as statistics: linear maps after Gatys et al. 2016, "Preserving color in
    /// neural artistic style transfer", §3, or histograms. Give a style the colours of the content to keep those in a
    /// transfer. Values may step outside 0..1, but not with <see cref="ColorMatching.Histogram"/>.
    /// </summary>
    /// <param name="reference">The picture with the colours, of any size.</param>
    /// <param name="method">What is matched.</param>
    public Picture MatchColors(Picture reference, ColorMatching method = ColorMatching.SymmetricRoot)
    {
        if (!Enum.IsDefined(method))
            throw new ArgumentException($"MatchColors knows {string.Join(", ", Enum.GetNames<ColorMatching>())}, got {method}.");
        var wanted = reference.SeenPixels();
        return ChangeColors(picture => method == ColorMatching.Histogram ? picture.MatchHistograms(wanted) : picture.MatchCovariance(wanted, method))
            .MadeFrom(this, $"match-colors {method.ToString().ToLowerInvariant()}", reference);
    }

    private Picture MatchCovariance(Picture reference, ColorMatching method)
    {
        var (mine, wanted) = (ColorStatistics.Of(this), ColorStatistics.Of(reference));
        double[,] map = method == ColorMatching.Cholesky
            ? Matrix3.Multiply(Matrix3.Cholesky(wanted.Covariance, LeastVariance), Matrix3.InverseLower(Matrix3.Cholesky(mine.Covariance, LeastVariance)))
            : Matrix3.Multiply(Matrix3.Power(wanted.Covariance, 0.5, 0), Matrix3.Power(mine.Covariance, -0.5, LeastVariance));
        double[] from = mine.MeanArray, to = wanted.MeanArray;
        var result = new Picture(Width, Height);
        int plane = Width * Height;
        for (var channel = 0; channel < 3; channel++)
            for (var i = 0; i < plane; i++)
                result.Values[channel * plane + i] = (float)(to[channel] + map[channel, 0] * (Values[i] - from[0])
                    + map[channel, 1] * (Values[plane + i] - from[1]) + map[channel, 2] * (Values[2 * plane + i] - from[2]));
        return result;
    }

    private Picture MatchHistograms(Picture reference)
    {
        var result = new Picture(Width, Height);
        for (var channel = 0; channel < 3; channel++)
        {
            float[] mine = Plane(channel).ToArray(), wanted = reference.Plane(channel).ToArray();
            var order = Enumerable.Range(0, mine.Length).ToArray();
            Array.Sort([.. mine], order);
            Array.Sort(wanted);
            var matched = result.Plane(channel);
            for (int first = 0, end; first < order.Length; first = end)
            {
                // Equal values stay equal: all get what the middle one of them gets.
                for (end = first + 1; end < order.Length && mine[order[end]] == mine[order[first]];)
                    end++;
                var value = Quantile(wanted, (first + end) / (2.0 * order.Length));
                for (var i = first; i < end; i++)
                    matched[order[i]] = value;
            }
        }
        return result;
    }

    private static float Quantile(float[] sorted, double share)
    {
        var position = Math.Clamp(share * sorted.Length - 0.5, 0, sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + (sorted[above] - sorted[below]) * (position - below));
    }
}
