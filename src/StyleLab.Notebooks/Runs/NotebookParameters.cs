using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>
/// Puts the values of a run into a notebook: a cell tagged <c>injected-parameters</c> after the one tagged
/// <c>parameters</c>, as papermill does, so that other tools recognise it.
/// </summary>
internal static class NotebookParameters
{
    private const string DeclaringTag = "parameters";
    private const string InjectedTag = "injected-parameters";

    /// <param name="notebook">Changed in place; an earlier injected cell is replaced.</param>
    /// <param name="name">How error messages call the notebook.</param>
    /// <param name="values">What the user typed, by name; nothing happens if there is none.</param>
    /// <exception cref="NotebookException">A parameter is unknown, or its value is not of the declared
    /// type.</exception>
    public static void Inject(Notebook notebook, string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
            return;

        var declaring = notebook.Cells.FirstOrDefault(cell => cell.HasTag(DeclaringTag));
        var lines = declaring == null
            ? values.Select(value => $"var {CheckedName(value.Key)} = {ParameterValue.ToLiteral(value.Key, value.Value, null)};")
            : Assignments(Declared(declaring.Source), name, values);
        string source = string.Join("\n", lines.Prepend("// Parameters of this run"));

        foreach (var old in notebook.Cells.Where(cell => cell.HasTag(InjectedTag)).ToList())
            notebook.Remove(old);
        int index = declaring == null ? 0 : notebook.Cells.ToList().IndexOf(declaring) + 1;
        var injected = notebook.Insert(index, CellKind.Code, source);
        injected.Metadata["tags"] = new JsonArray(InjectedTag);
    }

    private static IEnumerable<string> Assignments(
        Dictionary<string, string?> declared, string notebook, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            if (!declared.TryGetValue(name, out string? type))
            {
                throw new NotebookException(
                    $"{notebook} has no parameter {name}; its parameters are {string.Join(", ", declared.Keys)}.");
            }

            yield return $"{name} = {ParameterValue.ToLiteral(name, value, type)};";
        }
    }

    /// <summary>The variables a cell declares, and the keyword of their type where it is a built-in one.</summary>
    private static Dictionary<string, string?> Declared(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, CellSyntax.Script).GetRoot();
        var declared = new Dictionary<string, string?>();
        foreach (var declaration in root.ChildNodes().OfType<FieldDeclarationSyntax>().Select(field => field.Declaration))
        {
            foreach (var variable in declaration.Variables)
                declared[variable.Identifier.ValueText] = BuiltInType(declaration.Type, variable.Initializer?.Value);
        }

        return declared;
    }

    private static string? BuiltInType(TypeSyntax type, ExpressionSyntax? initializer) => type switch
    {
        NullableTypeSyntax nullable => BuiltInType(nullable.ElementType, initializer),
        PredefinedTypeSyntax { Keyword.ValueText: not "object" } keyword => keyword.Keyword.ValueText,
        IdentifierNameSyntax { IsVar: true } => ParameterValue.TypeOf(initializer),
        _ => null,
    };

    private static string CheckedName(string name) =>
        SyntaxFacts.IsValidIdentifier(name)
            ? name
            : throw new NotebookException($"\"{name}\" cannot be a parameter: it is no C# variable name.");
}
