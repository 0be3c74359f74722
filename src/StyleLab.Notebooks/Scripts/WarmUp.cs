using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks;

/// <summary>Gets the compiler into memory while the first cell is still being written.</summary>
internal static class WarmUp
{
    private const string Trivial = "1";
    private const string Typical = "var a = new[] { 1, 2 }.Select(i => $\"{i}\").ToList(); await Task.Yield(); a";

    private static readonly Lazy<Task> Once = new(() => Task.Factory.StartNew(
        Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    private static readonly CancellationTokenSource CellWaits = new();

    /// <summary>Begins, on a thread of its own.</summary>
    /// <returns>Complete when the compiler is warm.</returns>
    public static Task StartAsync() => Once.Value;

    /// <summary>
    /// To be called before a cell is compiled: two compilations at once, against references that are still being read,
    /// can find every type twice. What need not be warmed for that is broken off.
    /// </summary>
    public static void WaitForEnd(CancellationToken cancellation)
    {
        CellWaits.Cancel();
        Once.Value.Wait(cancellation);
    }

    private static void Run()
    {
        // Most of a start is .NET compiling the compiler. Its last part, writing an assembly, does not wait for the others: a quarter
        // less until the first result.
        new Thread(WriteAnAssembly) { IsBackground = true }.Start();
        string folder = AppContext.BaseDirectory;
        var script = new Script(folder, new ScriptReferences(folder));
        Compile(script, Trivial, CancellationToken.None);
        try
        {
            Compile(script, Typical, CellWaits.Token);
        }
        catch (OperationCanceledException)
        {
            // A cell that is there already does its own warming.
        }
    }

    // With a reference of its own: see above.
    private static void WriteAnAssembly()
    {
        var library = CSharpCompilation.Create(
            "warm", [], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], CompilerOptions.ForUnits(null));
        library.Emit(Stream.Null, Stream.Null, options: CompilerOptions.Emit);
    }

    private static void Compile(Script script, string code, CancellationToken cancellation) =>
        script.RunAsync(script.Compile(code, 0, "", cancellation)).GetAwaiter().GetResult();
}
