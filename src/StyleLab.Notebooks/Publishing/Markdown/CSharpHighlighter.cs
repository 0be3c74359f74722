using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>C# script code as HTML with coloured tokens.</summary>
internal static class CSharpHighlighter
{
    // The compiler's parser calls itself for each thing inside another, without a bound, and takes its time: code that is longer,
    // or has more brackets or marks (what does not close or is not opened is looked at again and again), than people write is not coloured; the rest fits on the stack whatever is in it.
    private const int Longest = 20_000, MostBrackets = 3000, Deepest = 100, StackSize = 256 << 20;

    // What fits on any stack.
    private const int Short = 2000;

    /// <summary>The code with its tokens coloured; as plain text where it is nested too deep.</summary>
    public static string ToHtml(string code)
    {
        if (code.Length > Longest || !HasFewBrackets(code))
            return WebUtility.HtmlEncode(code);
        if (code.Length <= Short)
            return Coloured(code);
        string html = "";
        Exception? failure = null;
        var thread = new Thread(Colour, StackSize);
        thread.Start();
        thread.Join();
        return failure == null ? html : WebUtility.HtmlEncode(code);

        void Colour()
        {
            try
            {
                html = Coloured(code);
            }
            catch (Exception failed)
            {
                failure = failed;
            }
        }
    }

    private static bool HasFewBrackets(string code)
    {
        int opening = 0, closing = 0, marks = 0, depth = 0, deepest = 0;
        foreach (char c in code)
        {
            if (c is '(' or '[' or '{')
                (opening, deepest) = (opening + 1, Math.Max(deepest, ++depth));
            else if (c is ')' or ']' or '}')
                (closing, depth) = (closing + 1, depth - 1);
            else if (c is '?' or '<')
                marks++;
        }

        return Math.Max(opening, Math.Max(closing, marks)) <= MostBrackets && deepest <= Deepest;
    }

    private static string Coloured(string code)
    {
        var html = new StringBuilder();
        var root = CSharpSyntaxTree.ParseText(code, CellSyntax.Script).GetRoot();
        foreach (var token in root.DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia)
                Append(trivia.ToFullString(), ClassOf(trivia));
            Append(token.Text, ClassOf(token));
            foreach (var trivia in token.TrailingTrivia)
                Append(trivia.ToFullString(), ClassOf(trivia));
        }

        return html.ToString();

        void Append(string text, string? style)
        {
            if (text.Length == 0)
                return;
            string encoded = WebUtility.HtmlEncode(text);
            html.Append(style == null ? encoded : $"<span class=\"{style}\">{encoded}</span>");
        }
    }

    private static string? ClassOf(SyntaxTrivia trivia) =>
        trivia.IsDirective ? "directive"
        : trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia ? "comment"
        : null;

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "number",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedRawStringEndToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8StringLiteralToken => "string",
        SyntaxKind.IdentifierToken => ClassOfName(token),
        var kind when SyntaxFacts.IsKeywordKind(kind) => "keyword",
        _ => null,
    };

    /// <summary>Tells types and methods by where the name stands; nothing is compiled.</summary>
    private static string? ClassOfName(SyntaxToken token)
    {
        switch (token.Parent)
        {
            case BaseTypeDeclarationSyntax or TypeParameterSyntax:
                return "type";
            case MethodDeclarationSyntax or LocalFunctionStatementSyntax:
                return "method";
            case IdentifierNameSyntax { IsVar: true }:
                return "keyword";
            case SimpleNameSyntax name:
                var whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name;
                return whole.Parent is InvocationExpressionSyntax call && call.Expression == whole ? "method"
                    : IsType(name) ? "type"
                    : null;
            default:
                return null;
        }
    }

    private static bool IsType(SimpleNameSyntax name) => name.Parent switch
    {
        VariableDeclarationSyntax declaration => declaration.Type == name,
        ParameterSyntax parameter => parameter.Type == name,
        ObjectCreationExpressionSyntax creation => creation.Type == name,
        MethodDeclarationSyntax method => method.ReturnType == name,
        ForEachStatementSyntax loop => loop.Type == name,
        ArrayTypeSyntax or NullableTypeSyntax or TypeArgumentListSyntax or BaseTypeSyntax or CastExpressionSyntax
            or TypeOfExpressionSyntax or DeclarationPatternSyntax => true,

        // Loss.Content(…): a name with a capital before a dot is nearly always a type.
        MemberAccessExpressionSyntax access => access.Expression == name && name.Identifier.ValueText is [var first, ..] && char.IsUpper(first),
        _ => name is GenericNameSyntax,
    };
}
