using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StyleLab.Notebooks;

/// <summary>
/// What of a cell a C# script cannot hold: namespaces, and classes that extend types. They become ordinary code beside the
/// script, with the other types of the cell where they need them. Everything keeps its line and column.
/// </summary>
internal sealed class UnitText
{
    private const string Public = "public ";

    private readonly SyntaxTree _cell;
    private readonly List<int> _insertions;

    private UnitText(SyntaxTree cell, List<int> insertions) => (_cell, _insertions, Script, Code) = (cell, insertions, "", "");

    private UnitText(SyntaxTree cell, IReadOnlyList<MemberDeclarationSyntax> members)
        : this(cell, new List<int>())
    {
        var root = (CompilationUnitSyntax)cell.GetRoot();
        string code = root.ToFullString();
        Script = Blanked(code, members.Select(member => member.Span));

        var rest = root.Members.Except(members).Select(member => member.Span)
            .Concat(root.DescendantTrivia().Where(IsOfScripts).Select(trivia => trivia.Span));
        Code = WithPublicTypes(Blanked(code, rest), members);
    }

    /// <summary>The cell without them.</summary>
    public string Script { get; private init; }

    /// <summary>They, with the usings of the cell; what is said nothing about is public, so that later cells see it.</summary>
    public string Code { get; private init; }

    /// <summary>What a cell has of them, alone and then with the cell's other types, which can see earlier cells only where they are;
    /// empty if nothing.</summary>
    public static IEnumerable<UnitText> Of(SyntaxTree cell)
    {
        var members = ((CompilationUnitSyntax)cell.GetRoot()).Members;
        MemberDeclarationSyntax[] alone = [.. members.Where(member => member is BaseNamespaceDeclarationSyntax || IsExtending(member))];
        if (alone.Length == 0)
            yield break;
        yield return new UnitText(cell, alone);
        MemberDeclarationSyntax[] all = [.. members.Where(member => member is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)];
        if (all.Length > alone.Length)
            yield return new UnitText(cell, all);
    }

    /// <summary>What the compiler says of the code, with the places in the cell.</summary>
    /// <param name="diagnostics">What it says.</param>
    /// <param name="severity">What of it is wanted.</param>
    /// <param name="tree">The code as it was compiled.</param>
    public IReadOnlyList<CompilationProblem> InCell(IEnumerable<Diagnostic> diagnostics, DiagnosticSeverity severity, SyntaxTree tree) =>
    [
        .. diagnostics.Where(diagnostic => diagnostic.Severity == severity && !diagnostic.IsSuppressed)
            .Where(diagnostic => severity == DiagnosticSeverity.Error || diagnostic.Location.SourceTree == tree)
            .Select(diagnostic => CompilationProblem.Of(diagnostic))
            .Select(problem => problem.Place.SourceTree == tree ? problem with { Place = InCell(problem.Place) } : problem),
    ];

    private Location InCell(Location place)
    {
        int start = InCell(place.SourceSpan.Start);
        return Location.Create(_cell, TextSpan.FromBounds(start, Math.Max(start, InCell(place.SourceSpan.End))));
    }

    /// <summary>The same with other code, in which everything stands where it stood.</summary>
    public UnitText With(string code) => new(_cell, _insertions) { Script = Script, Code = code };

    /// <summary>The text with spaces in these places.</summary>
    public static string Blanked(string code, IEnumerable<TextSpan> places)
    {
        var text = new StringBuilder(code);
        foreach (var place in places)
        {
            for (int i = place.Start; i < place.End; i++)
                text[i] = text[i] is '\n' or '\r' ? text[i] : ' ';
        }

        return text.ToString();
    }

    private int InCell(int position) => position - Public.Length * _insertions.Count(insertion => insertion < position);

    private static bool IsExtending(MemberDeclarationSyntax member) =>
        member is ClassDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.StaticKeyword)
        && type.Members.Any(inside => inside is ExtensionBlockDeclarationSyntax || ExtensionMethods.Is(inside));

    private static bool IsOfScripts(SyntaxTrivia trivia) =>
        (SyntaxKind)trivia.RawKind is SyntaxKind.ReferenceDirectiveTrivia or SyntaxKind.LoadDirectiveTrivia or SyntaxKind.ShebangDirectiveTrivia;

    private string WithPublicTypes(string code, IReadOnlyList<MemberDeclarationSyntax> members)
    {
        var text = new StringBuilder();
        int copied = 0;
        var places = members.SelectMany(Types).Where(IsHidden).Select(type => (Start: FirstWord(type), Length: 0))
            .Concat(members.SelectMany(member => member.DescendantTokens()).Where(IsInternal).Select(word => (Start: word.SpanStart, Length: word.Span.Length)));
        foreach (var (start, length) in places.OrderBy(place => place.Start))
        {
            text.Append(code, copied, start - copied).Append(Public.PadRight(length));
            if (length == 0)
                _insertions.Add(text.Length - 1);
            copied = start + length;
        }

        return text.Append(code, copied, code.Length - copied).ToString();
    }

    private static int FirstWord(MemberDeclarationSyntax type) =>
        type.AttributeLists.LastOrDefault()?.GetLastToken().GetNextToken().SpanStart ?? type.SpanStart;

    private static bool IsHidden(MemberDeclarationSyntax type) => !type.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !type.Modifiers.Any(SyntaxKind.InternalKeyword) && !type.Modifiers.Any(SyntaxKind.FileKeyword);

    // To a reader all cells are one program.
    private static bool IsInternal(SyntaxToken word) => word.IsKind(SyntaxKind.InternalKeyword)
        && word.GetPreviousToken().RawKind != (int)SyntaxKind.ProtectedKeyword && word.GetNextToken().RawKind != (int)SyntaxKind.ProtectedKeyword;

    private static IEnumerable<MemberDeclarationSyntax> Types(MemberDeclarationSyntax member) =>
        member is BaseNamespaceDeclarationSyntax space ? space.Members.SelectMany(Types)
        : member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax ? [member] : [];
}
