using System.Globalization;
using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>One thing that is wrong with a cell, and where.</summary>
internal sealed record CompilationProblem(Location Place, string Text);

/// <summary>A cell has errors and was not run.</summary>
internal sealed class CompilationException(IReadOnlyList<CompilationProblem> problems) : Exception
{
    public CompilationException(IEnumerable<Diagnostic> diagnostics)
        : this(diagnostics.Select(ToProblem).ToList())
    {
    }

    /// <summary>Says for each problem in which line and column of the cell it is, and points at it.</summary>
    public ErrorOutput ToOutput()
    {
        var traceback = problems.SelectMany(Describe).ToList();
        return new ErrorOutput(ErrorOutput.CompilationError, problems[0].Text, traceback);
    }

    private static CompilationProblem ToProblem(Diagnostic diagnostic) =>
        new(diagnostic.Location, $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");

    private static IEnumerable<string> Describe(CompilationProblem problem)
    {
        if (problem.Place.SourceTree is not { } tree)
        {
            yield return problem.Text;
            yield break;
        }

        var start = problem.Place.GetLineSpan().StartLinePosition;
        yield return $"{tree.FilePath}, line {start.Line + 1}, column {start.Character + 1}: {problem.Text}";

        // Tabs are one column wide for the compiler, so the caret line repeats them.
        string line = tree.GetText().Lines[start.Line].ToString();
        var indent = line.Take(start.Character).Select(c => c == '\t' ? '\t' : ' ');
        yield return "    " + line;
        yield return "    " + string.Concat(indent) + "^";
    }
}
