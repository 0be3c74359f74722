using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks;

/// <summary>Tells from the grammar alone whether a text can be run as a cell.</summary>
internal static class SubmissionCheck
{
    // A cell can hold namespaces all the same.
    private const string NamespaceInScript = "CS7021";

    public static Completeness Check(string code, SessionLanguages? languages = null)
    {
        if (!IsBalanced(code = CellParser.CSharpOnly(code, languages)))
            return new Completeness(SubmissionState.Invalid, "");
        var tree = CSharpSyntaxTree.ParseText(TopLevelUsings.Blank(code), CellSyntax.Script);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new Completeness(SubmissionState.Incomplete, Indent(tree.GetRoot()));
        bool isWrong = tree.GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error && problem.Id != NamespaceInScript);
        return new Completeness(isWrong ? SubmissionState.Invalid : SubmissionState.Complete, "");
    }

    /// <summary>No bracket is closed that was never opened.</summary>
    private static bool IsBalanced(string code)
    {
        int open = 0;
        foreach (var token in SyntaxFactory.ParseTokens(code, options: CellSyntax.Script))
        {
            open += Step(token);
            if (open < 0)
                return false;
        }

        return true;
    }

    private static int Step(SyntaxToken token) => (SyntaxKind)token.RawKind switch
    {
        SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
        SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
        _ => 0,
    };

    /// <summary>As deep as the brackets that are still open.</summary>
    private static string Indent(SyntaxNode root)
    {
        int open = root.DescendantTokens().Where(token => !token.IsMissing).Sum(Step);
        return new string(' ', 4 * Math.Max(open, 0));
    }
}
