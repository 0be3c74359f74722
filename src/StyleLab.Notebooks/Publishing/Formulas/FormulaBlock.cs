using Markdig.Parsers;
using Markdig.Syntax;

namespace StyleLab.Notebooks;

/// <summary>A formula that fills whole lines.</summary>
internal sealed class FormulaBlock(BlockParser parser, int end) : LeafBlock(parser)
{
    /// <summary>The place behind the formula in the source.</summary>
    public int End => end;

    /// <summary>The formula with what encloses it.</summary>
    public string Source => Lines.ToString().Trim();

    /// <summary>The formula itself; null where it was cut short, by the end of a list for instance.</summary>
    public string? Latex => new FormulaEnds().At(Source, 0, Source.Length) is { } formula && formula.Length == Source.Length ? formula.Latex : null;
}

/// <summary>Finds formulas that fill whole lines, so that nothing in them is taken for a list or a heading.</summary>
internal sealed class FormulaBlockParser : BlockParser
{
    private readonly FormulaEnds _ends = new();

    public FormulaBlockParser() => OpeningCharacters = ['$', '\\'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        string text = processor.Line.Text;
        if (processor.IsCodeIndent || _ends.At(text, processor.Line.Start, text.Length) is not { IsDisplay: true } formula)
            return BlockState.None;
        int end = processor.Line.Start + formula.Length;
        int newline = text.IndexOf('\n', end);
        if (!text.AsSpan(end..(newline < 0 ? text.Length : newline)).IsWhiteSpace())
            return BlockState.None;
        processor.NewBlocks.Push(new FormulaBlock(this, end)
        {
            Column = processor.Column,
            Span = new(processor.Line.Start, processor.Line.End),
        });
        return State(processor, end);
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (processor.IsBlankLine)
            return BlockState.None;
        block.UpdateSpanEnd(processor.Line.End);
        return State(processor, ((FormulaBlock)block).End);
    }

    private static BlockState State(BlockProcessor processor, int end) => processor.Line.End + 1 >= end ? BlockState.Break : BlockState.Continue;
}
