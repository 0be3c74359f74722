using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>Symbols as a user reads them.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers |
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)
        .AddParameterOptions(SymbolDisplayParameterOptions.IncludeDefaultValue)
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeConstantValue);

    private static readonly SymbolDisplayFormat Declaration = Short
        .AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword)
        .AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance);

    /// <summary>One line: "int Math.Max(int val1, int val2)".</summary>
    public static string Of(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol or INamespaceSymbol => symbol.ToDisplayString(Declaration),

        // Every variable declared with var could be null, which says nothing.
        ILocalSymbol => symbol.ToDisplayString(Short.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)),
        _ => symbol.ToDisplayString(IsTopLevel(symbol) ? Short.WithMemberOptions(Short.MemberOptions & ~SymbolDisplayMemberOptions.IncludeContainingType) : Short),
    };

    /// <summary>The kind, in the words of <see cref="Completion"/>.</summary>
    public static string Kind(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "namespace",
        ITypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        ITypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        ITypeSymbol { TypeKind: TypeKind.Delegate } => "delegate",
        ITypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        ITypeSymbol => "class",
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        IFieldSymbol { IsConst: true } => "constant",
        IFieldSymbol when IsTopLevel(symbol) => "variable",
        IFieldSymbol => "field",
        _ => "variable",
    };

    /// <summary>Declared by a cell, outside of any type.</summary>
    public static bool IsTopLevel(ISymbol symbol) => symbol.ContainingType is { IsScriptClass: true };
}
