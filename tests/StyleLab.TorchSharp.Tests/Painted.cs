namespace StyleLab.TorchSharp.Tests;

internal static class Painted
{
    /// <summary>A picture of waves.</summary>
    public static Picture Picture(int width, int height, double phase) => new(width, height, [.. from c in Enumerable.Range(0, 3)
        from y in Enumerable.Range(0, height)
        from x in Enumerable.Range(0, width)
        select (float)(0.5 + 0.4 * Math.Sin(0.3 * x + phase * (c + 1)) * Math.Cos(0.2 * y * phase + c))]);
}
