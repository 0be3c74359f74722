using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>Finds what can stand at a place in a cell: of C# what the compiler knows there, of magics, references and
/// paths what there is.</summary>
internal sealed class CompletionSource(SessionState session)
{
    /// <param name="code">The whole cell.</param>
    /// <param name="position">The place, in UTF-16 units.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Completions Complete(string code, int position, CancellationToken cancellation)
    {
        position = Math.Clamp(position, 0, code.Length);
        string line = code[(position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1)..position];
        if (line.StartsWith("#!", StringComparison.Ordinal))
            return DirectiveCompletions.Magic(line, position, session);
        if (DirectiveCompletions.Reference(line, position, session) is { } references)
            return references;

        if (CellParser.LanguageAt(code, code.AsSpan(0, position).Count('\n') + 1, session.Languages) != Language.CSharp)
            return Empty(position);

        string csharp = CellParser.CSharpOnly(code, session.Languages);
        if (csharp.Length != code.Length)
            csharp = SameLength(code, csharp);
        return Complete(csharp, code, position, cancellation);
    }

    // Lines that are not C# become spaces, so that places stay what they are.
    private static string SameLength(string code, string csharp)
    {
        var kept = csharp.Split('\n');
        var all = code.Split('\n');
        return string.Join('\n', all.Select((line, i) =>
            i < kept.Length && kept[i].Length > 0 ? line : new string(' ', line.Length)));
    }

    private Completions Complete(string csharp, string code, int position, CancellationToken cancellation)
    {
        var tree = Script.Parse(csharp, "", cancellation);
        var token = TokenBefore(tree, position);
        if (IsInComment(tree, position))
            return Empty(position);
        if (StringAt(token, position) is { } start)
            return PathCompletions.Complete(code[start..position], position, session.Folder);

        int wordStart = position;
        while (wordStart > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[wordStart - 1]))
            wordStart--;
        int wordEnd = position;
        while (wordEnd < code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[wordEnd]))
            wordEnd++;
        string prefix = code[wordStart..position];
        if (prefix.Length > 0 && char.IsDigit(prefix[0]))
            return Empty(position);

        // What stands behind the place can make the compiler read it as something else; without it is clearer.
        var items = new SymbolCompletions(session.Script, csharp, wordStart, prefix, cancellation).Find()
            ?? new SymbolCompletions(session.Script, csharp[..position], wordStart, prefix, cancellation).Find() ?? [];
        return new Completions(wordStart, wordEnd, Matching(items, prefix));
    }

    private static Completions Empty(int position) => new(position, position, []);

    /// <summary>Those that begin as typed; if there is none, those that do but for the case; if there is none either, those that
    /// need a using.</summary>
    private static List<Completion> Matching(IReadOnlyCollection<Completion> items, string prefix)
    {
        var matching = items.Where(item => item.Text.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (matching.Count == 0)
            matching = [.. items.Where(item => item.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];
        if (matching.Count == 0)
            return [.. items.Where(item => item.Text.Contains('.'))];
        return [.. matching.DistinctBy(item => item.Text).OrderBy(item => Rank(item.Kind)).ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase)];
    }

    // What the user made stands before what there always is.
    private static int Rank(string kind) => kind switch
    {
        "argument" => 0,
        "variable" => 1,
        "keyword" => 3,
        _ => 2,
    };

    private static SyntaxToken TokenBefore(SyntaxTree tree, int position) =>
        tree.GetRoot().FindToken(Math.Max(0, position - 1));

    private static bool IsInComment(SyntaxTree tree, int position)
    {
        var trivia = tree.GetRoot().FindTrivia(Math.Max(0, position - 1));
        return trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
    }

    /// <summary>Where the text of the string literal begins that the place lies in, or null.</summary>
    private static int? StringAt(SyntaxToken token, int position)
    {
        if (!token.IsKind(SyntaxKind.StringLiteralToken) || token.Parent is not LiteralExpressionSyntax)
            return null;
        int start = token.SpanStart + token.Text.IndexOf('"') + 1;
        bool isClosed = token.Text.Length > start - token.SpanStart && token.Text[^1] == '"' && !token.ContainsDiagnostics;
        return position >= start && (position < token.Span.End || !isClosed) ? start : null;
    }
}
