using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;

namespace StyleLab.Notebooks;

/// <summary>Markdown as notebooks are written in: CommonMark, GitHub's tables, struck text, tasks and addresses, footnotes, and
/// formulas.</summary>
internal static partial class NotebookMarkdown
{
    // Text that is nested deeper is not taken apart, and reading it throws an ArgumentException.
    private const int Depth = 500;

    // Markdig's time grows with the square of these.
    private const int MostOpenings = 2000;

    /// <summary>The parts of a text, each with its place in it.</summary>
    /// <param name="markdown">The text, with <c>\n</c> between lines.</param>
    /// <returns>Null where the text is nested too deep, or made to take hours.</returns>
    public static MarkdownDocument? Parse(string markdown)
    {
        if (Nested().EnumerateMatches(markdown).MoveNext() || Openings().Count(markdown) > MostOpenings)
            return null;
        try
        {
            return Markdig.Markdown.Parse(markdown, Pipeline());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A new reader: it keeps what it has found in a text.</summary>
    public static MarkdownPipeline Pipeline()
    {
        var pipeline = new MarkdownPipelineBuilder { MaximumNestingDepth = Depth }
            .UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseAutoLinks().UseTaskLists().UseFootnotes()
            .UsePreciseSourceLocation();
        pipeline.BlockParsers.Insert(0, new FormulaBlockParser());
        pipeline.InlineParsers.Insert(0, new FormulaInlineParser());
        pipeline.InlineParsers.Insert(0, new ReferenceLabels());
        return pipeline.Build();
    }

    // A line that opens 100 lists and quotes, or one behind 1000 blanks: each further line is compared with all that are open.
    [GeneratedRegex(@"^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){100}|^[ \t]{1000,}(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])", RegexOptions.Multiline)]
    private static partial Regex Nested();

    [GeneratedRegex(@"\]\(|<[!?]|\]:")]
    private static partial Regex Openings();
}
