using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks.Tests.Stopping;

/// <summary>Whatever blocks stand in each other, and however they are left, checks change nothing.</summary>
public sealed class RandomCodeTests : IDisposable
{
    private const int Methods = 60;

    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Code_with_checks_goes_the_same_way_as_without(int seed)
    {
        var random = new RandomCode(seed);
        string[] names = [.. Enumerable.Range(0, Methods).Select(i => $"M{i}")];
        string code = RandomCode.Helpers + "\n" + string.Concat(names.Select(random.Method));
        string call = $"string.Join('\\n', new Func<string>[] {{ {string.Join(", ", names)} }}.Select(method => method()))";
        string expected = WithoutChecks(code, call);

        int failures = StopChecks.Failures;
        await _session.ValueAsync(code);
        string[] found = ((string)(await _session.ValueAsync(call))!).Split('\n');
        Assert.Equal(failures, StopChecks.Failures);
        Assert.Equal(expected.Split('\n'), found);
        Assert.True(found.Distinct().Count() > Methods / 2, "The methods do too little to tell anything.");
    }

    private static string WithoutChecks(string code, string call)
    {
        string program = "using System; using System.Collections.Generic; using System.Linq; using System.Text; using System.Threading.Tasks;\n" +
            $"public static class Program {{ {code} public static string Run() => {call}; }}";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)).Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("without-checks", [CSharpSyntaxTree.ParseText(program)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug));
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        return (string)System.Reflection.Assembly.Load(assembly.ToArray()).GetType("Program")!.GetMethod("Run")!.Invoke(null, null)!;
    }
}
