using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>
/// Extension methods of types that earlier cells declared in the script, where ordinary code cannot see them. A script can declare such
/// methods at its top level only, so each gets one there that calls it; the class itself stays where it is.
/// </summary>
internal static class ExtensionMethods
{
    /// <summary>The cell with those methods; null if it has no such class. All lines stay.</summary>
    public static string? Forwarded(SyntaxTree cell)
    {
        var classes = ((CompilationUnitSyntax)cell.GetRoot()).Members.OfType<ClassDeclarationSyntax>()
            .Where(type => type.Modifiers.Any(SyntaxKind.StaticKeyword) && Of(type).Any()).ToList();
        if (classes.Count == 0)
            return null;
        var text = new StringBuilder(cell.ToString());
        foreach (var type in Enumerable.Reverse(classes))
        {
            text.Insert(type.Span.End, string.Concat(Of(type).Where(CanBeCalled).Select(method => Forward(type, method))));
            foreach (var word in Of(type).Select(This).Reverse())
                text.Remove(word.SpanStart, word.Span.Length).Insert(word.SpanStart, new string(' ', word.Span.Length));
        }

        return text.ToString();
    }

    /// <summary>Whether a member of a class is an extension method.</summary>
    public static bool Is(MemberDeclarationSyntax member) => member is MethodDeclarationSyntax method && This(method) != default;

    private static IEnumerable<MethodDeclarationSyntax> Of(ClassDeclarationSyntax type) =>
        type.Members.OfType<MethodDeclarationSyntax>().Where(method => This(method) != default);

    private static SyntaxToken This(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.ThisKeyword)) ?? default;

    private static bool CanBeCalled(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.Modifiers.Any(SyntaxKind.InternalKeyword);

    private static string Forward(ClassDeclarationSyntax type, MethodDeclarationSyntax method)
    {
        var arguments = method.ParameterList.Parameters.Select(parameter => Passing(parameter) + parameter.Identifier.Text);
        string types = method.TypeParameterList is { } list ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>" : "";
        string text = $" [System.Diagnostics.StackTraceHidden] static {method.ReturnType} {method.Identifier.Text}{types}" +
            $"({string.Join(", ", method.ParameterList.Parameters)}) {method.ConstraintClauses} " +
            $"=> {(method.ReturnType is RefTypeSyntax ? "ref " : "")}{type.Identifier.Text}.{method.Identifier.Text}{types}({string.Join(", ", arguments)});";
        return text.ReplaceLineEndings(" ");
    }

    private static string Passing(ParameterSyntax parameter) =>
        parameter.Modifiers.FirstOrDefault(modifier => (SyntaxKind)modifier.RawKind is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword) is var word
            && word != default ? word.Text + " " : "";
}
