using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>
/// Old notebooks begin with usings of .NET Interactive, some for namespaces that only it had. Where nothing of them is
/// used they must not stop the notebook; where something is, the error is that it does not exist.
/// </summary>
internal static class RetiredUsings
{
    private const string Retired = "Microsoft.DotNet.Interactive.";

    /// <summary>The code with spaces in place of those usings; null if there are none among the errors.</summary>
    public static string? Without(string code, SyntaxTree tree, IEnumerable<Diagnostic> errors)
    {
        StringBuilder? rest = null;
        foreach (var directive in ((CompilationUnitSyntax)tree.GetRoot()).Usings)
        {
            bool isRetired = directive.Name?.ToString().StartsWith(Retired, StringComparison.Ordinal) == true
                && errors.Any(error => error.Id == "CS0234" && directive.Span.Contains(error.Location.SourceSpan));
            if (!isRetired)
                continue;
            rest ??= new StringBuilder(code);
            for (int i = directive.SpanStart; i < directive.Span.End; i++)
                rest[i] = rest[i] is '\n' or '\r' ? rest[i] : ' ';
        }

        return rest?.ToString();
    }
}
