using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using StyleLab.Notebooks;

namespace StyleLab.Endurance.Costs;

/// <summary>Times tight loops with and without the checks that make a cell stoppable, in turns.</summary>
internal sealed class CostCommand : Command
{
    private readonly Option<int> _rounds = new("--rounds") { Description = "Timings of each copy of each loop.", DefaultValueFactory = _ => 41 };
    private readonly Option<int> _copies = new("--copies") { Description = "Copies of each loop, which lie at different places of the memory.", DefaultValueFactory = _ => 16 };
    private readonly Option<string[]> _only = new("--only") { Description = "Only the loop of this name; may be repeated." };

    public CostCommand() : base("cost", "What the checks in a cell's code cost: tight loops with and without, in turns.")
    {
        Add(_rounds);
        Add(_copies);
        Add(_only);
        SetAction(call => Run(call.GetValue(_rounds), call.GetValue(_copies), call.GetValue(_only) ?? []));
    }

    private static void Run(int rounds, int copies, string[] only)
    {
        var loops = TightLoop.All.Where(loop => only.Length == 0 || only.Contains(loop.Name)).ToList();
        double first = Insertion(loops[0], 1)[0];
        Console.WriteLine("| loop | without, ms | with, ms | more | copies, from | to | the same code twice |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var all = new List<double>();
        foreach (var loop in loops)
        {
            var times = Enumerable.Range(0, copies).Select(copy => new LoopCopy(loop, copy).Time(rounds)).ToList();
            var (without, with, again) = (times.Average(copy => copy.Without), times.Average(copy => copy.With), times.Average(copy => copy.Again));
            all.Add(with / without - 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {loop.Name} | {without:0.00} | {with:0.00} | {all[^1]:+0.0 %;-0.0 %} | {times.Min(More):+0.0 %;-0.0 %} | {times.Max(More):+0.0 %;-0.0 %} | {again / without - 1:+0.0 %;-0.0 %} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median {LoopCopy.Median(all):+0.0 %;-0.0 %}, most {all.Max():+0.0 %;-0.0 %}; {copies} copies, {rounds} rounds"));
        var ten = TightLoop.All[0] with { Members = string.Concat(Enumerable.Range(0, 10).Select(Member)) };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"checks are put into a cell of ten methods in {LoopCopy.Median(Insertion(ten, 300)[100..]):0.00} ms, and into the first one of a process in {first:0} ms"));

        static double More(LoopTimes times) => times.With / times.Without - 1;
        static string Member(int i) => $"static int F{i}(int n) {{ int s = 0; for (int i = 0; i < n; i++) {{ try {{ s += i; }} catch (Exception) {{ s--; }} }} return s; }} ";
    }

    /// <summary>How long it takes to put checks into a cell, in milliseconds.</summary>
    private static double[] Insertion(TightLoop loop, int times)
    {
        var (code, symbols) = LoopCopy.Compile(loop, 0);
        var result = new double[times];
        for (int i = 0; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            StopChecks.AddTo(code, symbols);
            result[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return result;
    }
}
