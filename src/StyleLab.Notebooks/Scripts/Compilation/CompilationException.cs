using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>A cell has errors and was not run.</summary>
internal sealed class CompilationException(IReadOnlyList<CompilationProblem> problems) : Exception, IDescribedProblem
{
    public CompilationException(IEnumerable<Diagnostic> diagnostics)
        : this(diagnostics.Select(CompilationProblem.Of).ToList())
    {
    }

    /// <summary>What is said of a type that ordinary code cannot see.</summary>
    public const string OfEarlierCell = " is a type of an earlier cell that stands in no namespace; put it into this cell, or into a namespace.";

    /// <summary>Whether that is among the problems.</summary>
    public bool NamesEarlierTypes => problems.Any(problem => problem.Text.EndsWith(OfEarlierCell, StringComparison.Ordinal));

    /// <summary>Whether a type or namespace is unknown.</summary>
    public bool NamesTheUnknown => problems.Any(problem => problem.Text.StartsWith("CS0246", StringComparison.Ordinal)
        || problem.Text.StartsWith("CS0234", StringComparison.Ordinal) || problem.Text.StartsWith("CS0103", StringComparison.Ordinal));

    /// <summary>Says for each problem in which line and column of the cell it is, and points at it.</summary>
    public ErrorOutput ToOutput()
    {
        var traceback = problems.SelectMany(Describe).ToList();
        return new ErrorOutput(ErrorOutput.CompilationError, problems[0].Text, traceback);
    }

    private static IEnumerable<string> Describe(CompilationProblem problem)
    {
        yield return problem.ToLine();
        if (problem.Place.SourceTree is not { } tree)
            yield break;

        // Tabs are one column wide for the compiler, so the caret line repeats them.
        var start = problem.Place.GetLineSpan().StartLinePosition;
        string line = tree.GetText().Lines[start.Line].ToString();
        var indent = line.Take(start.Character).Select(c => c == '\t' ? '\t' : ' ');
        yield return "    " + line;
        yield return "    " + string.Concat(indent) + "^";
    }
}
