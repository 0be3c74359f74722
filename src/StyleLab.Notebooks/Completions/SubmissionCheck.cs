using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks;

/// <summary>Tells from the grammar alone whether a text can be run as a cell.</summary>
internal static class SubmissionCheck
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static Completeness Check(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(CellParser.CSharpOnly(code), Options);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new Completeness(SubmissionState.Incomplete, Indent(code, tree.GetRoot()));
        bool isWrong = tree.GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error);
        return new Completeness(isWrong ? SubmissionState.Invalid : SubmissionState.Complete, "");
    }

    /// <summary>As deep as the brackets that are still open.</summary>
    private static string Indent(string code, SyntaxNode root)
    {
        int open = 0;
        foreach (var token in root.DescendantTokens().Where(token => !token.IsMissing))
        {
            open += (SyntaxKind)token.RawKind switch
            {
                SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
                SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
                _ => 0,
            };
        }

        string lastLine = code.TrimEnd('\n', ' ')[(code.TrimEnd('\n', ' ').LastIndexOf('\n') + 1)..];
        return new string(' ', 4 * Math.Max(open, 0) is var indent and > 0 ? indent : lastLine.Length - lastLine.TrimStart().Length);
    }
}
