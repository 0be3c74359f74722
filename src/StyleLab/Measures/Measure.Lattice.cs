namespace StyleLab;

public static partial class Measure
{
    private const int FewestPeriods = 4;

    /// <summary>
    /// How strongly the steps between neighbours repeat every <paramref name="period"/> pixels, as at the borders of blocks: the power of
    /// |luma difference| at the frequencies k/period, k = 1..period/2, the mean over all rows plus the mean over all columns (Wang, Bovik
    /// and Evans, "Blind measurement of blocking artifacts in images", 2000). 0 for an even picture; lines of contrast a across the
    /// picture, one in four pixels, have a²/4. No picture has none, so it is to be compared with that of a similar one:
    /// <c>Measure.Lattice(enlarged, 4) / Measure.Lattice(truth, 4)</c>.
    /// </summary>
    /// <param name="picture">More than four periods wide and high.</param>
    /// <param name="period">Pixels from one border to the next, at least 2: the factor of an enlargement, 8 for JPEG.</param>
    /// <exception cref="ArgumentException">The period is below 2, or the picture too small for it.</exception>
    public static double Lattice(Picture picture, int period)
    {
        if (period < 2)
            throw new ArgumentException($"A lattice has a period of at least 2 pixels, got {period}.");
        int width = picture.Width, height = picture.Height;
        if (!HasLattice(picture, period))
            throw new ArgumentException(
                $"A lattice of {period} pixels needs a picture of at least {FewestPeriods * period + 1} pixels each way, got {width}×{height}.");
        float[] luma = picture.Luma();
        double rows = Enumerable.Range(0, height).Average(y => RepeatedSteps(luma, y * width, 1, width, period));
        double columns = Enumerable.Range(0, width).Average(x => RepeatedSteps(luma, x, width, height, period));
        return rows + columns;
    }

    /// <summary>True when the picture is large enough for <see cref="Lattice"/>.</summary>
    internal static bool HasLattice(Picture picture, int period) => Math.Min(picture.Width, picture.Height) > FewestPeriods * period;

    // A whole number of periods under a Hann window: then neither the mean nor another harmonic leaks in.
    private static double RepeatedSteps(float[] luma, int start, int stride, int length, int period)
    {
        int count = (length - 1) / period * period;
        var steps = new double[count];
        double mean = 0;
        for (int i = 0; i < count; i++)
        {
            int at = start + i * stride;
            steps[i] = Hann(i) * Math.Abs((double)luma[at + stride] - luma[at]);
            mean += steps[i] / (count / 2.0);
        }
        double power = 0;
        for (int harmonic = 1; 2 * harmonic <= period; harmonic++)
        {
            double real = 0, imaginary = 0;
            for (int i = 0; i < count; i++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * harmonic * i / period);
                double step = steps[i] - Hann(i) * mean;
                real += step * cosine;
                imaginary += step * sine;
            }
            double square = 4 * (real * real + imaginary * imaginary) / ((double)count * count);
            power += 2 * harmonic == period ? square : 2 * square;
        }
        return power;

        double Hann(int i) => 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / count);
    }
}
