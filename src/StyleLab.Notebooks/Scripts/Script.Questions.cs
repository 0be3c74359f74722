using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

// What is asked about the cells so far, and about a text that is being written after them.
internal sealed partial class Script
{
    /// <summary>What the cells so far declared: of variables with the same name the latest.</summary>
    public IReadOnlyList<ScriptVariable> Variables()
    {
        var variables = new OrderedDictionary<string, ScriptVariable>();
        foreach (var submission in _submissions[1.._used].OfType<object>())
        {
            foreach (var field in submission.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))
            {
                if (!field.Name.StartsWith('<'))
                    variables[field.Name] = new ScriptVariable(field.Name, field.FieldType, field.GetValue(submission));
            }
        }

        return [.. variables.Values];
    }

    /// <summary>A text that is being written, with all cells before it; it may have errors.</summary>
    public SemanticModel Analyse(string code, CancellationToken cancellation)
    {
        var tree = Parse(code, "", cancellation);
        return Compilation(tree, 0, CompilerOptions.Imports).GetSemanticModel(tree);
    }

    /// <summary>
    /// A text that is being written, without the cells before it but with their usings and references: to list the names in
    /// scope. (The compiler checks for each earlier cell whether it may be seen, at a cost that grows with their square.)
    /// </summary>
    /// <returns>The model, and by how much places in it lie behind those in the code.</returns>
    public (SemanticModel Model, int Offset) AnalyseAlone(string code, CancellationToken cancellation)
    {
        // Behind what must stand first: #r lines and extern aliases.
        var root = (CompilationUnitSyntax)Parse(code, "", cancellation).GetRoot(cancellation);
        int start = root.Externs.LastOrDefault()?.Span.End ?? root.GetFirstToken(includeZeroWidth: true).SpanStart;
        string usings = string.Concat(_usings);
        var options = CompilerOptions.ForScripts(CellNames.Class(0, 0), CompilerOptions.Imports, _sources, _references);
        var tree = Parse(code.Insert(start, usings), "", cancellation);
        var scope = CSharpCompilation.CreateScriptCompilation(
            $"names-{_id}", tree, [.. _references.After(0), .. _brought], options, returnType: typeof(object));
        return (scope.GetSemanticModel(tree), usings.Length);
    }

    /// <summary>What earlier cells declared at their top level; of the same name only what the latest cell did.</summary>
    public IEnumerable<ISymbol> Declared()
    {
        var names = new HashSet<string>();
        for (var cell = _previous; cell != null; cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
        {
            var members = cell.ScriptClass?.GetMembers().Where(member => member.CanBeReferencedByName && !names.Contains(member.Name)).ToList() ?? [];
            names.UnionWith(members.Select(member => member.Name));
            foreach (var member in members)
                yield return member;
        }
    }

    /// <summary>The files that the code loads with <c>#load</c>, and those that they load.</summary>
    public IEnumerable<string> LoadedFiles(string code)
    {
        var found = new HashSet<string>();
        var toRead = new Queue<(string Code, string? Path)>([(code, null)]);
        while (toRead.TryDequeue(out var next))
        {
            var root = (CompilationUnitSyntax)Parse(next.Code, "", default).GetRoot();
            foreach (var directive in root.GetLoadDirectives())
            {
                if (_sources.ResolveReference(directive.File.ValueText, next.Path) is { } file && File.Exists(file) && found.Add(file))
                    toRead.Enqueue((File.ReadAllText(file), file));
            }
        }

        return found;
    }
}
