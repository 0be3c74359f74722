using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>Tells what the name at a place in a cell means: its declaration and its documentation.</summary>
internal sealed class Inspection(SessionState session)
{
    private const int MaxMembers = 60;

    /// <param name="code">The whole cell.</param>
    /// <param name="position">The place, in UTF-16 units: in a name, right behind it, or in the arguments of a call.</param>
    /// <param name="detailLevel">0 for the signature and what it does, 1 for everything.</param>
    /// <param name="cancellation">Ends the search.</param>
    public MimeBundle? Describe(string code, int position, int detailLevel, CancellationToken cancellation)
    {
        position = Math.Clamp(position, 0, code.Length);
        int lineStart = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        if (code[lineStart..].StartsWith("#!", StringComparison.Ordinal))
            return DescribeMagic(code[(lineStart + 2)..].Split(' ', '\n', '\r')[0]);

        var model = session.Script.Analyse(code.Replace("#!", "//", StringComparison.Ordinal), cancellation);
        var symbols = SymbolsAt(model, model.SyntaxTree, position, cancellation);
        return symbols.Count == 0 ? null : Describe(symbols, detailLevel);
    }

    private MimeBundle? DescribeMagic(string name)
    {
        string? text = MagicTable.Find(name) is { } magic ? magic.Description
            : session.Languages.Find(name) is { } language ? $"The lines below are {language.Title}." : null;
        return text == null ? null : new MimeBundle { { MimeTypes.PlainText, $"#!{name}\n{text}" } };
    }

    private static List<ISymbol> SymbolsAt(SemanticModel model, SyntaxTree tree, int position, CancellationToken cancellation)
    {
        foreach (int place in new[] { position, position - 1 })
        {
            if (place < 0 || place >= tree.Length)
                continue;
            var token = tree.GetRoot(cancellation).FindToken(place);
            if (token.Span.Contains(place) && token.Parent is { } node && IsName(token) && Symbols(model, node, token, cancellation) is { Count: > 0 } found)
                return found;
        }

        // Inside the brackets of a call the method that is called is meant.
        var inside = tree.GetRoot(cancellation).FindToken(Math.Max(0, position - 1)).Parent;
        var call = inside?.AncestorsAndSelf().OfType<BaseArgumentListSyntax>().FirstOrDefault()?.Parent;
        return call switch
        {
            InvocationExpressionSyntax invocation => Symbols(model, invocation.Expression, default, cancellation),
            BaseObjectCreationExpressionSyntax creation => Symbols(model, creation, default, cancellation),
            _ => [],
        };
    }

    private static bool IsName(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsPredefinedType(token.Kind());

    /// <summary>The symbol meant, and behind it the other overloads.</summary>
    private static List<ISymbol> Symbols(SemanticModel model, SyntaxNode node, SyntaxToken token, CancellationToken cancellation)
    {
        if (model.GetDeclaredSymbol(node, cancellation) is { } declared && declared.Name == token.ValueText)
            return [declared];
        var info = model.GetSymbolInfo(node, cancellation);
        var group = model.GetMemberGroup(node, cancellation);
        IEnumerable<ISymbol?> symbols = [info.Symbol, .. info.CandidateSymbols, .. group];
        if (symbols.All(symbol => symbol == null))
            symbols = [model.GetTypeInfo(node, cancellation).Type];
        return [.. symbols.OfType<ISymbol>().Where(symbol => symbol is not ITypeSymbol { TypeKind: TypeKind.Error })
            .Distinct(SymbolEqualityComparer.Default)];
    }

    private static MimeBundle Describe(IReadOnlyList<ISymbol> symbols, int detailLevel)
    {
        var symbol = symbols[0];
        var signatures = symbols.Take(detailLevel == 0 ? 1 : symbols.Count).Select(SymbolText.Of).ToList();
        if (detailLevel == 0 && symbols.Count > 1)
            signatures.Add($"// and {symbols.Count - 1} more overload{(symbols.Count > 2 ? "s" : "")}");
        if (detailLevel > 0 && symbol is INamedTypeSymbol type)
            signatures.AddRange(Members(type));

        var documentation = Documentation.Of(symbol);
        var sections = documentation?.Sections(detailLevel > 0) ?? [];
        var plain = new List<string> { string.Join('\n', signatures) };
        var markdown = new List<string> { $"```csharp\n{string.Join('\n', signatures)}\n```" };
        foreach (var (title, text) in sections)
        {
            plain.Add(title.Length > 0 ? $"{title}\n{text}" : text);
            markdown.Add(title.Length > 0 ? $"**{title}**\n\n{text}" : text);
        }

        if (detailLevel > 0)
        {
            string origin = Origin(symbol);
            plain.Add(origin);
            markdown.Add(origin);
        }

        return new MimeBundle
        {
            { MimeTypes.Markdown, string.Join("\n\n", markdown) }, { MimeTypes.PlainText, string.Join("\n\n", plain) },
        };
    }

    private static IEnumerable<string> Members(INamedTypeSymbol type) =>
        type.GetMembers()
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared
                && member is not IMethodSymbol { AssociatedSymbol: not null })
            .Take(MaxMembers).Select(member => "    " + SymbolText.Of(member));

    private static string Origin(ISymbol symbol)
    {
        if (symbol.DeclaringSyntaxReferences is [var source, ..])
            return $"Declared in a cell:\n{source.GetSyntax()}";
        string space = symbol.ContainingNamespace is { IsGlobalNamespace: false } containing ? $"{containing.ToDisplayString()}, " : "";
        return $"{space}{symbol.ContainingAssembly?.Name}";
    }
}
