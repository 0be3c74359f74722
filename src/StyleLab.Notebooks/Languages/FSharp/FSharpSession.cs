using System.Collections;
using System.Reflection;

namespace StyleLab.Notebooks;

/// <summary>F# Interactive of the package FSharp.Compiler.Service that the user brings; all by reflection, so that nothing of it is ours.</summary>
internal sealed class FSharpSession
{
    private const string Package = "FSharp.Compiler.Service";
    private const string SessionType = "FSharp.Compiler.Interactive.Shell+FsiEvaluationSession";

    // The name of the program is the first argument, as everywhere. Without the last it looks for FSharp.Core beside the program.
    private static readonly string[] Arguments = ["fsi.exe", "--noninteractive", "--nologo", "--quiet", "--gui-", "--usesdkrefs-"];

    private readonly object _session;
    private readonly Type _type;
    private readonly Script _script;
    private readonly HashSet<string> _referenced = [];

    private FSharpSession(Type type, Script script)
    {
        (_type, _script) = (type, script);
        var create = type.GetMethods(BindingFlags.Public | BindingFlags.Static).Single(method => method.Name == "Create");
        object configuration = type.GetMethod("GetDefaultConfiguration", [])!.Invoke(null, null)!;
        using var errors = new StringWriter();
        object?[] given = [configuration, Arguments, TextReader.Null, TextWriter.Null, errors];
        try
        {
            _session = create.Invoke(null, [.. given, .. create.GetParameters().Skip(given.Length).Select(_ => (object?)null)])!;
        }
        catch (TargetInvocationException failed)
        {
            string why = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? failed.GetBaseException().Message;
            throw new NotebookException($"F# does not start: {why}.", failed);
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="script">The C# cells, in which the package was referenced.</param>
    /// <exception cref="NotebookException">The package is not there.</exception>
    public static FSharpSession Start(Script script)
    {
        if (script.FindAssembly(Package) is not { } compiler)
        {
            throw new NotebookException(
                $"F# cells need the package {Package}, which the notebook brings: write #r \"nuget: {Package}\" in a cell above.");
        }

        SharedAssemblies.Offer(script);
        var session = new FSharpSession(compiler.GetType(SessionType, throwOnError: true)!, script);
        string own = typeof(FSharpSession).Assembly.Location;
        session.Evaluate($"#r @\"{own}\"\nopen type Microsoft.DotNet.Interactive.Kernel\nopen Microsoft.DotNet.Interactive.Formatting", CancellationToken.None);
        return session;
    }

    /// <summary>Runs text. What is printed goes where the console's output goes.</summary>
    public FSharpResult Evaluate(string code, CancellationToken cancellation)
    {
        var evaluate = _type.GetMethods().Single(method => method.Name == "EvalInteractionNonThrowing" && method.GetParameters().Length == 2);
        var option = evaluate.GetParameters()[1].ParameterType;
        object? token = Activator.CreateInstance(option, cancellation);
        object result = evaluate.Invoke(_session, [code, token])!;
        object choice = Item(result, 1);
        var problems = ((IEnumerable)Item(result, 2)).Cast<object>().Select(FSharpProblem.Of).ToList();
        object? outcome = choice.GetType().GetProperty("Item")!.GetValue(choice);
        return choice.GetType().Name.StartsWith("Choice2Of2", StringComparison.Ordinal)
            ? new FSharpResult(null, (Exception)outcome!, problems)
            : new FSharpResult(outcome == null ? null : FSharpValue.Of(Some(outcome)), null, problems);
    }

    /// <summary>Makes the packages known that C# cells have referenced meanwhile.</summary>
    public void ReferencePackages(CancellationToken cancellation)
    {
        var files = _script.ReferencedFiles().Where(file => _referenced.Add(file)).ToList();
        if (files.Count > 0)
            Evaluate(string.Concat(files.Select(file => $"#r @\"{file}\"\n")), cancellation);
    }

    /// <summary>The values that cells declared, the latest of each name.</summary>
    public IEnumerable<(string Name, FSharpValue Value)> Values() =>
        ((IEnumerable)_type.GetMethod("GetBoundValues")!.Invoke(_session, null)!).Cast<object>()
            .Select(bound => ((string)Members.Get(bound, "Name")!, FSharpValue.Of(Members.Get(bound, "Value")!)));

    /// <summary>Declares a value.</summary>
    /// <exception cref="TargetInvocationException">Its type cannot be named in F#.</exception>
    public void Declare(string name, object value) => _type.GetMethod("AddBoundValue")!.Invoke(_session, [name, value]);

    /// <summary>The value as F# Interactive writes it.</summary>
    public string Format(FSharpValue value) => (string)_type.GetMethod("FormatValue")!.Invoke(_session, [value.Value, value.Type])!;

    private static object Item(object tuple, int number) => tuple.GetType().GetProperty($"Item{number}")!.GetValue(tuple)!;

    private static object Some(object option) => option.GetType().GetProperty("Value")!.GetValue(option)!;
}
