using System.Net;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>What the compiler warns of in a cell that it takes. It is shown below the cell before it runs: a task that nobody awaits
/// explains what comes after.</summary>
internal static class CompilationWarnings
{
    private const int MostInFull = 3;
    private const string NotAwaited = "CS4014";

    /// <summary>What is to be shown; null if nothing is.</summary>
    public static MimeBundle? Show(IReadOnlyList<CompilationProblem> warnings)
    {
        string[] lines = [.. warnings.Select(warning => warning.ToLine()).Distinct()];
        if (lines.Length == 0)
            return null;
        string list = $"<ul style=\"margin:0\">{string.Concat(lines.Select(line => $"<li>{WebUtility.HtmlEncode(line)}</li>"))}</ul>";
        string shown = lines.Length > MostInFull ? $"<details><summary>{lines.Length} warnings</summary>{list}</details>" : list;
        return new MimeBundle
        {
            { MimeTypes.Html, $"<div style=\"border-left:3px solid #c90;font-size:smaller\">{shown}</div>" },
            { MimeTypes.PlainText, string.Join('\n', lines) },
        };
    }

    /// <summary>The warnings among what the compiler says.</summary>
    /// <param name="diagnostics">What it says.</param>
    /// <param name="shown">The expression whose value is shown. A task that is shown need not be awaited.</param>
    public static IReadOnlyList<CompilationProblem> Among(IEnumerable<Diagnostic> diagnostics, ExpressionSyntax? shown) =>
    [
        .. diagnostics.Where(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false })
            .Where(diagnostic => diagnostic.Id != NotAwaited || diagnostic.Location.SourceSpan != shown?.Span)
            .Select(diagnostic => CompilationProblem.Of(diagnostic)),
    ];
}
