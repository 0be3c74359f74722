using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace StyleLab.Notebooks;

/// <summary>A formula inside a paragraph.</summary>
internal sealed class FormulaInline(string latex, bool isDisplay) : LeafInline
{
    public string Latex => latex;

    public bool IsDisplay => isDisplay;
}

/// <summary>Finds formulas inside paragraphs.</summary>
internal sealed class FormulaInlineParser : InlineParser
{
    private readonly FormulaEnds _ends = new();

    public FormulaInlineParser() => OpeningCharacters = ['$', '\\'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (_ends.At(slice.Text, slice.Start, slice.End + 1) is not { } formula)
            return false;
        processor.Inline = new FormulaInline(formula.Latex, formula.IsDisplay)
        {
            Span = new(
                processor.GetSourcePosition(slice.Start, out int line, out int column),
                processor.GetSourcePosition(slice.Start + formula.Length - 1)),
            Line = line,
            Column = column,
        };
        slice.Start += formula.Length;
        return true;
    }
}
