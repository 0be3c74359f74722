namespace StyleLab.Tests.ExperimentRuns;

/// <summary>How strongly light and dark alternate from pixel to pixel along a piece of a row or a column.</summary>
internal static class Alternation
{
    private const int Length = 16;

    private static readonly double[] s_window = Window();

    /// <summary>The largest amplitude in any piece of 16 pixels: a for a row of +a and −a in turns.</summary>
    public static double Strongest(Picture picture)
    {
        var luma = picture.Luma();
        int width = picture.Width, height = picture.Height;
        double strongest = 0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                if (x + Length <= width)
                    strongest = Math.Max(strongest, Amplitude(i => luma[y * width + x + i]));
                if (y + Length <= height)
                    strongest = Math.Max(strongest, Amplitude(i => luma[(y + i) * width + x]));
            }
        return strongest;
    }

    private static double Amplitude(Func<int, float> at)
    {
        double mean = 0, alternating = 0;
        for (int i = 0; i < Length; i++)
            mean += s_window[i] * at(i);
        for (int i = 0; i < Length; i++)
            alternating += s_window[i] * (at(i) - mean) * (i % 2 == 0 ? 1 : -1);
        return Math.Abs(alternating);
    }

    // A Hann window of sum 1, so that an edge at the end of a piece is no alternation.
    private static double[] Window()
    {
        double[] hann = [.. Enumerable.Range(0, Length).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / Length))];
        return [.. hann.Select(value => value / hann.Sum())];
    }
}
