using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>The XML documentation of a symbol, as text.</summary>
internal sealed class Documentation
{
    private const int MaxInherited = 5;

    private readonly XElement _member;

    private Documentation(XElement member) => _member = member;

    /// <summary>Null if there is none.</summary>
    public static Documentation? Of(ISymbol symbol) => Of(symbol, 0);

    /// <summary>The parts with their titles; the summary has none.</summary>
    /// <param name="all">Remarks, exceptions and examples too.</param>
    public IEnumerable<(string Title, string Text)> Sections(bool all)
    {
        if (Text(_member.Element("summary")) is { Length: > 0 } summary)
            yield return ("", summary);
        if (Named("param") is { Length: > 0 } parameters)
            yield return ("Parameters", parameters);
        if (Text(_member.Element("returns")) is { Length: > 0 } returns)
            yield return ("Returns", returns);
        if (!all)
            yield break;
        if (Named("exception") is { Length: > 0 } exceptions)
            yield return ("Exceptions", exceptions);
        if (Text(_member.Element("remarks")) is { Length: > 0 } remarks)
            yield return ("Remarks", remarks);
    }

    private static Documentation? Of(ISymbol symbol, int depth)
    {
        symbol = symbol is IMethodSymbol { ReducedFrom: { } unreduced } ? unreduced : symbol.OriginalDefinition;
        string? xml = symbol.DeclaringSyntaxReferences is [var source, ..] ? FromSource(source.GetSyntax()) : DocumentationFiles.Find(symbol);
        if (xml == null && symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } owner })
            return depth < MaxInherited ? Of(owner, depth + 1) : null;
        if (xml == null)
            return null;
        try
        {
            var member = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
            return member.Descendants("inheritdoc").Any() && depth < MaxInherited && Inherited(symbol) is { } origin
                ? Of(origin, depth + 1) : new Documentation(member);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static ISymbol? Inherited(ISymbol symbol)
    {
        ISymbol? overridden = symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            INamedTypeSymbol type => type.BaseType,
            _ => null,
        };
        return overridden ?? symbol.ContainingType?.AllInterfaces.SelectMany(contract => contract.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));
    }

    // The compiler reads no comments of cells, since nobody else needs them.
    private static string? FromSource(SyntaxNode node)
    {
        SyntaxNode? declaration = node is VariableDeclaratorSyntax ? node.FirstAncestorOrSelf<BaseFieldDeclarationSyntax>()
            : node is MemberDeclarationSyntax or LocalFunctionStatementSyntax ? node : null;
        if (declaration == null)
            return null;
        var lines = declaration.GetLeadingTrivia().ToFullString().Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal)).Select(line => line[3..]).ToList();
        return lines.Count == 0 ? null : $"<member>{string.Join('\n', lines)}</member>";
    }

    private string Named(string element) =>
        string.Join('\n', _member.Elements(element)
            .Select(e => $"- {(string?)e.Attribute("name") ?? ShortName((string?)e.Attribute("cref"))}: {Text(e)}"));

    private static string Text(XElement? element) =>
        element == null ? "" : string.Join('\n', string.Concat(element.Nodes().Select(Text)).Trim().Split('\n').Select(line => line.Trim()));

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference =>
            reference.Value is { Length: > 0 } own ? own
                : ShortName((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name")
                    ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("href")),
        XElement { Name.LocalName: "para" or "item" } block => "\n" + Text(block) + "\n",
        XElement other => Text(other),
        _ => "",
    };

    /// <summary>"M:System.Math.Max(System.Int32)" is "Math.Max".</summary>
    private static string ShortName(string? id)
    {
        if (id is not [_, ':', ..])
            return id ?? "";
        var names = id[2..].Split('(')[0].Split('.');
        return id[0] is 'T' or 'N' ? names[^1].Split('`')[0] : string.Join('.', names.TakeLast(2)).Split('`')[0];
    }
}
