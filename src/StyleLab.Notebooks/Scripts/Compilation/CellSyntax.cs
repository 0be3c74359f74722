using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks;

/// <summary>The C# that cells are read as. The compiler knows words of later versions already, which are names here still.</summary>
internal static class CellSyntax
{
    public static CSharpParseOptions Script { get; } = new(LanguageVersion.CSharp14, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>For what a script does not allow, and a program does.</summary>
    public static CSharpParseOptions Program { get; } = new(LanguageVersion.CSharp14, DocumentationMode.None);
}
