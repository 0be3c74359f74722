using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>
/// Lets a cell say <c>using var file = …;</c> and <c>await using var …</c> at its top level, where C# scripts know only
/// directives: the words are blanked out, which leaves an ordinary declaration at the same place, and the session closes what
/// was declared (<see cref="OpenResources"/>).
/// </summary>
internal static partial class TopLevelUsings
{
    /// <summary>The text as a script can have it, of the same length and with the same lines.</summary>
    public static string Blank(string code)
    {
        var statements = Find(code);
        if (statements.Count == 0)
            return code;
        char[] text = code.ToCharArray();
        foreach (var statement in statements)
        {
            foreach (var word in new[] { statement.AwaitKeyword, statement.UsingKeyword })
                Array.Fill(text, ' ', word.SpanStart, word.Span.Length);
        }

        return new string(text);
    }

    /// <summary>The variables that are declared so, in order.</summary>
    public static IReadOnlyList<UsingVariable> Variables(string code) =>
    [
        .. Find(code).SelectMany(statement => statement.Declaration.Variables.Select(variable => new UsingVariable(
            variable.Identifier.ValueText, variable.Identifier.Span, !statement.AwaitKeyword.IsKind(SyntaxKind.None)))),
    ];

    /// <exception cref="CompilationException">One is of a type that cannot be closed.</exception>
    public static void CheckThatTheyCanBeClosed(IReadOnlyList<UsingVariable> usings, CSharpCompilation compilation, SyntaxTree tree)
    {
        var problems = new List<CompilationProblem>();
        foreach (var variable in usings)
        {
            var type = compilation.ScriptClass?.GetMembers(variable.Name).OfType<IFieldSymbol>().FirstOrDefault()?.Type;
            string contract = variable.IsAsync ? nameof(IAsyncDisposable) : nameof(IDisposable);
            if (type is null or { TypeKind: TypeKind.Dynamic } || type.AllInterfaces.Append(type).Any(known => known.Name == contract))
                continue;
            problems.Add(new CompilationProblem(Location.Create(tree, variable.Place),
                $"{variable.Name} is a {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}, which cannot be closed ({contract}); declare it without using."));
        }

        if (problems.Count > 0)
            throw new CompilationException(problems);
    }

    private static List<LocalDeclarationStatementSyntax> Find(string code)
    {
        // Nearly all cells have none, and are not parsed twice.
        if (!MayHaveSome().IsMatch(code))
            return [];

        // In a program, as opposed to a script, such a statement may stand at the top level.
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, CellSyntax.Program).GetRoot();
        return [.. root.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement)
            .OfType<LocalDeclarationStatementSyntax>().Where(statement => !statement.UsingKeyword.IsKind(SyntaxKind.None))];
    }

    // "using" with two words before the equals sign: a type and a name.
    [GeneratedRegex(@"\busing\s+(?!static\b)[^;=()]*[^;=()\s][^;=()]*\s[^;=()]*=")]
    private static partial Regex MayHaveSome();
}
