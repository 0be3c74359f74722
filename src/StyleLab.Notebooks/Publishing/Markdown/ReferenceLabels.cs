using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace StyleLab.Notebooks;

/// <summary>
/// Finds the definition of a reference whose label differs in more than a letter's own case, such as <c>[ẞ]</c> and <c>[SS]</c>, and tells the
/// parser of links, which comes behind, of it.
/// </summary>
internal sealed class ReferenceLabels : InlineParser
{
    private static readonly object Key = new();

    // The label of [text][label] is read at the end of the text.
    public ReferenceLabels() => OpeningCharacters = ['[', ']'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var definitions = processor.Document.GetLinkReferenceDefinitions(addGroup: false);
        var rest = slice;
        if (slice.CurrentChar == ']' && rest.NextChar() != '[')
            return false;
        if (definitions is not { Links.Count: > 0 } || !LinkHelper.TryParseLabel(ref rest, out string? label)
            || label == null || definitions.TryGet(label, out _))
            return false;
        if (processor.Document.GetData(Key) is not Dictionary<string, LinkReferenceDefinition> folded)
        {
            folded = definitions.Links.GroupBy(link => LabelFolding.Fold(link.Key)).ToDictionary(same => same.Key, same => same.First().Value);
            processor.Document.SetData(Key, folded);
        }

        if (folded.TryGetValue(LabelFolding.Fold(label), out var definition))
            definitions.Links[label] = definition;
        return false;
    }
}
