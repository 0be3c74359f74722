namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>One line of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">"s", "1/s", "MB", "%", "ns" or "bytes".</param>
/// <param name="Ours">StyleLab's values.</param>
/// <param name="PyTorch">PyTorch's values, where it was measured.</param>
/// <param name="Ratio">Round by round; of times how many times as fast StyleLab is, else StyleLab's part of PyTorch's.</param>
/// <param name="Target">What was aimed at, if anything and if it is judged.</param>
/// <param name="Met">Whether it was reached.</param>
internal sealed record Row(string Name, string Unit, Samples Ours, Samples? PyTorch, Samples? Ratio, string? Target, bool? Met)
{
    /// <summary>The ratio of the medians.</summary>
    public double? RatioOfMedians => Ratio is null || PyTorch is null ? null
        : Unit == "s" ? PyTorch.Median / Ours.Median : Ours.Median / PyTorch.Median;
}
