using System.Globalization;

namespace StyleLab.Benchmarks;

/// <summary>Where the time of one evaluation goes: the fastest of 30 runs of each step, summed by operation.</summary>
internal static class Stages
{
    private const int Runs = 30;

    public static void Print(int size)
    {
        var (evaluation, picture) = Workload.StyleTransfer(size);
        using (evaluation)
        {
            for (int i = 0; i < Runs; i++)
                evaluation.At(picture, default);
            var runs = Enumerable.Range(0, Runs).Select(_ => evaluation.Measure()).ToList();
            var fastest = runs[0].Select((step, i) => (Operation: step.Step.Split("  ")[0], Time: runs.Min(run => run[i].Time.TotalMilliseconds))).ToList();
            foreach (var group in fastest.GroupBy(s => s.Operation).OrderByDescending(g => g.Sum(s => s.Time)))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Sum(s => s.Time),8:F2} ms  {group.Count(),3} × {group.Key}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fastest.Sum(s => s.Time),8:F2} ms  in all, vgg19-slim at {size}×{size}"));
        }
    }
}
