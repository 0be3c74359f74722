using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using StyleLab.Notebooks;

namespace StyleLab.Endurance.Costs;

/// <summary>What one copy of a loop takes at least, in milliseconds.</summary>
/// <param name="Without">Without checks.</param>
/// <param name="With">With checks.</param>
/// <param name="Again">Without checks, compiled and loaded once more: how far two timings of the same code lie apart.</param>
internal readonly record struct LoopTimes(double Without, double With, double Again);

/// <summary>
/// A tight loop, loaded with and without checks. How fast so short a loop is depends on where its code and its variables
/// lie, by up to a half: each copy lies elsewhere.
/// </summary>
internal sealed class LoopCopy
{
    private readonly Func<double>[] _variants;
    private readonly int _copy;

    public LoopCopy(TightLoop loop, int copy)
    {
        _copy = copy;
        var (code, symbols) = Compile(loop, copy);
        var checks = StopChecks.AddTo(code, symbols);
        _variants = [Load(code, symbols), Load(checks.Code, checks.Symbols!), Load(code, symbols)];
        if (_variants[0]() != _variants[1]())
            throw new InvalidOperationException($"{loop.Name} computes something else with checks.");
    }

    /// <summary>Runs the loop in all ways in turns.</summary>
    public LoopTimes Time(int rounds)
    {
        var times = new double[_variants.Length][];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = new double[rounds];
            _variants[i]();
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < times.Length; i++)
            {
                int variant = (round + i) % times.Length;
                times[variant][round] = Time(_variants[variant], _copy);
            }
        }

        // The least is what the loop takes when nothing else is on the machine; a median is also what the others take.
        return new LoopTimes(times[0].Min(), times[1].Min(), times[2].Min());
    }

    /// <summary>Compiles a loop as cells are.</summary>
    public static (byte[] Code, byte[] Symbols) Compile(TightLoop loop, int copy)
    {
        // What is compiled before the loop moves it.
        string before = $"public static int Before(int a) {{ {string.Concat(Enumerable.Repeat("a = a * 3 + 1;", 5 * copy))} return a; }}";
        string text = $"using System; using System.Linq; public static class Loop {{ {before} {loop.Members} public static double Run() {{ {loop.Code} }} }}";
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

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static Func<double> Load(byte[] code, byte[] symbols)
    {
        var context = new AssemblyLoadContext("loop");
        var loop = context.LoadFromStream(new MemoryStream(code), new MemoryStream(symbols)).GetType("Loop")!;
        RuntimeHelpers.PrepareMethod(loop.GetMethod("Before")!.MethodHandle);
        return loop.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<Func<double>>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Time(Func<double> loop, int copy)
    {
        // What is on the stack before the loop moves its variables.
        Span<byte> before = stackalloc byte[16 + (48 * copy)];
        before[0] = 1;
        long start = Stopwatch.GetTimestamp();
        loop();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
