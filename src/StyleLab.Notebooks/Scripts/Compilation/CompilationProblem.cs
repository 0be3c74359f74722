using System.Globalization;
using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>One thing that is wrong with a cell, and where.</summary>
internal sealed record CompilationProblem(Location Place, string Text)
{
    /// <summary>What the compiler says; that it is only a warning stands before its number.</summary>
    public static CompilationProblem Of(Diagnostic diagnostic) =>
        new(diagnostic.Location, $"{(diagnostic.Severity == DiagnosticSeverity.Warning ? "warning " : "")}{diagnostic.Id}: {CellNames.Explained(diagnostic.GetMessage(CultureInfo.InvariantCulture))}");

    /// <summary>The place and what is wrong there.</summary>
    public string ToLine()
    {
        if (Place.SourceTree is not { } tree)
            return Text;
        var start = Place.GetLineSpan().StartLinePosition;
        return $"{tree.FilePath}, line {start.Line + 1}, column {start.Character + 1}: {Text}";
    }
}
