namespace StyleLab.Notebooks;

/// <summary>Something is wrong with text in another language than C#. The message is one sentence for the user.</summary>
/// <param name="line">The line of the cell, from 1.</param>
/// <param name="message">What is wrong.</param>
/// <param name="inner">Where it comes from.</param>
internal sealed class LanguageException(int line, string message, Exception? inner = null) : Exception(message, inner), IDescribedProblem
{
    public int Line { get; } = line;

    /// <summary>All that is to be said, a line each; the first is <see cref="Exception.Message"/> with its place if there is only that.</summary>
    public IReadOnlyList<string>? Traceback { get; init; }

    /// <summary>The lines of the traceback, each with its place.</summary>
    public IReadOnlyList<string> Lines => Traceback ?? [$"line {Line}: {Message}"];

    public ErrorOutput ToOutput() => new(ErrorOutput.CellError, Message, Lines);
}
