using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>What the compiler knows at one place of a cell.</summary>
internal sealed class SymbolCompletions(
    Script script, string code, int wordStart, string prefix, CancellationToken cancellation)
{
    private static readonly Completion[] Keywords =
    [
        .. SyntaxFacts.GetReservedKeywordKinds().Concat(
        [
            SyntaxKind.AsyncKeyword, SyntaxKind.AwaitKeyword, SyntaxKind.NameOfKeyword,
            SyntaxKind.PartialKeyword, SyntaxKind.RecordKeyword, SyntaxKind.VarKeyword, SyntaxKind.WhenKeyword,
            SyntaxKind.WhereKeyword, SyntaxKind.WithKeyword, SyntaxKind.YieldKeyword, SyntaxKind.FromKeyword,
            SyntaxKind.SelectKeyword, SyntaxKind.OrderByKeyword, SyntaxKind.InitKeyword, SyntaxKind.RequiredKeyword,
            SyntaxKind.NotKeyword, SyntaxKind.AndKeyword, SyntaxKind.OrKeyword,
        ])
        .Select(SyntaxFacts.GetText).Where(text => text.Length > 0 && !text.StartsWith("__", StringComparison.Ordinal))
        .Append("dynamic").Select(text => new Completion(text, "keyword", null)),
    ];

    private readonly SemanticModel _model = script.Analyse(code, cancellation);

    /// <summary>All that can stand here and begins as typed, in whatever case; null if the compiler does not understand
    /// what stands before.</summary>
    public IReadOnlyCollection<Completion>? Find()
    {
        var token = wordStart == 0 ? default : _model.SyntaxTree.GetRoot(cancellation).FindToken(wordStart - 1);
        while (token.SpanStart >= wordStart && token.SpanStart > 0)
            token = token.GetPreviousToken();

        return (SyntaxKind)token.RawKind switch
        {
            SyntaxKind.DotToken => Left(token) is { } left ? Members(left) : null,
            SyntaxKind.MinusGreaterThanToken or SyntaxKind.ColonColonToken => [],
            SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken when token.Parent is InitializerExpressionSyntax initializer
                && Settable(initializer) is { Count: > 0 } settable => settable,
            SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken when token.Parent is PropertyPatternClauseSyntax { Parent: RecursivePatternSyntax pattern }
                && Readable(pattern) is { Count: > 0 } readable => readable,
            SyntaxKind.OpenParenToken or SyntaxKind.CommaToken when token.Parent is BaseArgumentListSyntax { Parent: { } call } =>
                [.. NamedArguments(call), .. Names()],
            _ => Names(),
        };
    }

    /// <summary>What stands before the dot.</summary>
    private static SyntaxNode? Left(SyntaxToken dot) => dot.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        QualifiedNameSyntax name => name.Left,
        MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    private List<Completion>? Members(SyntaxNode left)
    {
        var symbol = _model.GetSymbolInfo(left, cancellation) is var info && info.Symbol != null ? info.Symbol : info.CandidateSymbols.FirstOrDefault();
        if (symbol is INamespaceSymbol space)
            return Describe(_model.LookupNamespacesAndTypes(wordStart, space));
        if (symbol is ITypeSymbol type && left is not (ThisExpressionSyntax or BaseExpressionSyntax))
            return Describe(_model.LookupStaticMembers(wordStart, type));

        var valueType = _model.GetTypeInfo(left, cancellation).Type ?? (symbol as IFieldSymbol)?.Type ?? (symbol as ILocalSymbol)?.Type;
        if (left.Parent is ConditionalAccessExpressionSyntax && valueType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            valueType = nullable.TypeArguments[0];
        if (valueType is null or { TypeKind: TypeKind.Error })
            return null;
        return Describe(_model.LookupSymbols(wordStart, valueType, includeReducedExtensionMethods: true)
            .Where(member => !member.IsStatic && member is not ITypeSymbol));
    }

    private List<Completion> Names()
    {
        var (scope, offset) = script.AnalyseAlone(code, cancellation);
        var visible = scope.LookupSymbols(wordStart + offset)
            .Where(symbol => Fits(symbol) && !CellNames.IsClass(symbol.Name)).ToList();

        // What this text declares can have types of earlier cells.
        var own = visible.Where(symbol => symbol.DeclaringSyntaxReferences.Length > 0).Select(symbol => symbol.Name).ToHashSet();
        var ownSymbols = own.SelectMany(name => _model.LookupSymbols(wordStart, name: name));
        var earlier = script.Declared().Where(symbol => Fits(symbol) && !own.Contains(symbol.Name)).ToList();
        var hidden = own.Concat(earlier.Select(symbol => symbol.Name)).ToHashSet();
        List<Completion> known =
        [
            .. Describe([.. ownSymbols, .. earlier, .. visible.Where(symbol => !hidden.Contains(symbol.Name))]), .. Keywords,
            .. IsInAccessor() ? [new Completion("field", "keyword", "what the property keeps its value in")] : Array.Empty<Completion>(),
        ];
        return known.Any(item => item.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            ? known
            : [.. TypesElsewhere.Find(scope.Compilation.References, prefix)];
    }

    private bool IsInAccessor() => _model.SyntaxTree.GetRoot(cancellation).FindToken(Math.Max(0, wordStart - 1)).Parent?.AncestorsAndSelf()
        .Any(node => node is AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax } or ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax }) == true;

    /// <summary>The parameters of the method that is being called, by name.</summary>
    private IEnumerable<Completion> NamedArguments(SyntaxNode call)
    {
        var methods = call switch
        {
            InvocationExpressionSyntax invocation => _model.GetMemberGroup(invocation.Expression, cancellation),
            BaseObjectCreationExpressionSyntax creation when _model.GetTypeInfo(creation, cancellation).Type is INamedTypeSymbol type =>
                type.InstanceConstructors.CastArray<ISymbol>(),
            ElementAccessExpressionSyntax access => _model.GetMemberGroup(access.Expression, cancellation),
            _ => ImmutableArray<ISymbol>.Empty,
        };
        return methods.OfType<IMethodSymbol>().SelectMany(method => method.Parameters)
            .Where(parameter => !parameter.IsParams)
            .Select(parameter => new Completion(parameter.Name + ":", "argument", SymbolText.Of(parameter)));
    }

    /// <summary>The members that an object initializer can set.</summary>
    private List<Completion> Settable(InitializerExpressionSyntax initializer)
    {
        if (initializer.Parent == null || _model.GetTypeInfo(initializer.Parent, cancellation).Type is not { } type)
            return [];
        return Describe(_model.LookupSymbols(wordStart, type).Where(member => !member.IsStatic &&
            member is IPropertySymbol { SetMethod: not null, IsIndexer: false } or IFieldSymbol { IsReadOnly: false }));
    }

    /// <summary>The members that a pattern can ask for.</summary>
    private List<Completion> Readable(RecursivePatternSyntax pattern)
    {
        var type = pattern.Type != null ? _model.GetTypeInfo(pattern.Type, cancellation).Type : _model.GetTypeInfo(pattern, cancellation).Type;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type is null or { TypeKind: TypeKind.Error } ? []
            : Describe(_model.LookupSymbols(wordStart, type).Where(member => !member.IsStatic
                && member is IPropertySymbol { GetMethod: not null, IsIndexer: false } or IFieldSymbol));
    }

    private List<Completion> Describe(IEnumerable<ISymbol> symbols) =>
        [.. symbols.Where(Fits).GroupBy(symbol => symbol.Name).Select(Describe)];

    private bool Fits(ISymbol symbol) =>
        symbol.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && symbol.CanBeReferencedByName;

    private static Completion Describe(IGrouping<string, ISymbol> overloads)
    {
        var first = overloads.First();
        int more = overloads.Count() - 1;
        string text = SyntaxFacts.GetKeywordKind(overloads.Key) != SyntaxKind.None ? "@" + overloads.Key : overloads.Key;
        return new Completion(text, SymbolText.Kind(first), SymbolText.Of(first) + (more > 0 ? $" (+ {more} overload{(more > 1 ? "s" : "")})" : ""));
    }
}
