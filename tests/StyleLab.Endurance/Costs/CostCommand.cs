using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using StyleLab.Notebooks;

namespace StyleLab.Endurance.Costs;

/// <summary>Times tight loops with and without the checks that make a cell stoppable, in turns.</summary>
internal sealed class CostCommand : Command
{
    private readonly Option<int> _rounds = new("--rounds") { Description = "Timings of each loop.", DefaultValueFactory = _ => 41 };

    public CostCommand() : base("cost", "What the checks in a cell's code cost: tight loops with and without, in turns.")
    {
        Add(_rounds);
        SetAction(call => Run(call.GetValue(_rounds)));
    }

    private static void Run(int rounds)
    {
        StopFlag.Cells = 0;
        Console.WriteLine("| loop | without, ms | with, ms | more |");
        Console.WriteLine("|---|---|---|---|");
        var all = new List<double>();
        double? first = null;
        foreach (var loop in TightLoop.All)
        {
            var (code, symbols) = Compile(loop);
            first ??= Time(() => StopChecks.AddTo(code, symbols).Code.Length);
            var (without, with) = (Method(code, symbols, null), Method(code, symbols, StopChecks.AddTo(code, symbols)));
            if (without() != with())
                throw new InvalidOperationException($"{loop.Name} computes something else with checks.");
            var times = new List<(double Without, double With)>();
            for (int i = 0; i < 5; i++)
                _ = without() + with();
            for (int i = 0; i < rounds; i++)
                times.Add(i % 2 == 0 ? (Time(without), Time(with)) : Swapped(Time(with), Time(without)));

            // The least is what the loop takes when nothing else is on the machine; a median is also what the others take.
            var (least, leastWith) = (times.Min(pair => pair.Without), times.Min(pair => pair.With));
            double more = leastWith / least - 1;
            all.Add(more);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {loop.Name} | {least:0.00} | {leastWith:0.00} | {more:+0.0 %;-0.0 %} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {Median(all):+0.0 %;-0.0 %}, most {all.Max():+0.0 %;-0.0 %}; {rounds} rounds"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"checks are put into a cell of ten methods in {Insertion():0.00} ms, and into the first one of a process in {first:0} ms"));
    }

    /// <summary>How long it takes to put checks into a cell.</summary>
    private static double Insertion()
    {
        var (code, symbols) = Compile(TightLoop.All[0] with { Members = string.Concat(Enumerable.Range(0, 10).Select(Member)) });
        var times = new List<double>();
        for (int i = 0; i < 300; i++)
        {
            long start = Stopwatch.GetTimestamp();
            StopChecks.AddTo(code, symbols);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Median(times.Skip(100));

        static string Member(int i) => $"static int F{i}(int n) {{ int s = 0; for (int i = 0; i < n; i++) {{ try {{ s += i; }} catch (Exception) {{ s--; }} }} return s; }} ";
    }

    private static (double, double) Swapped(double with, double without) => (without, with);

    /// <summary>Compiled as cells are.</summary>
    private static (byte[] Code, byte[] Symbols) Compile(TightLoop loop)
    {
        string text = $"using System; using System.Linq; public static class Loop {{ {loop.Members} public static double Run() {{ {loop.Code} }} }}";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            $"loop-{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(text, path: "loop.cs", encoding: System.Text.Encoding.UTF8)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug));
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return result.Success ? (code.ToArray(), symbols.ToArray()) : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static Func<double> Method(byte[] code, byte[] symbols, StopChecks? checks)
    {
        var context = new AssemblyLoadContext("loop");
        var loaded = context.LoadFromStream(new MemoryStream(checks?.Code ?? code), new MemoryStream(checks?.Symbols ?? symbols));
        return loaded.GetType("Loop")!.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<Func<double>>();
    }

    private static double Time(Func<double> loop)
    {
        long start = Stopwatch.GetTimestamp();
        loop();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
