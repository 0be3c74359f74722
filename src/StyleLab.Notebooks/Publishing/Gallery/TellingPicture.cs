using System.Buffers.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace StyleLab.Notebooks;

/// <summary>The picture that stands for a notebook: one of the cell that its author has tagged, or the last large one of its outputs.</summary>
internal static partial class TellingPicture
{
    /// <param name="notebook">An executed notebook.</param>
    /// <param name="options">Where its files are, and which may be taken in.</param>
    /// <returns>Null if it has none.</returns>
    public static OutputContent? Of(Notebook notebook, PublishOptions options)
    {
        var images = new EmbeddedImages(options.Folder, options.AllowOutside);
        var cells = notebook.Cells.Where(cell => !cell.HasTag(CellTags.RemoveCell)).ToList();
        List<OutputContent> marked = [.. cells.Where(cell => cell.HasTag(CellTags.Thumbnail)).SelectMany(cell => InCell(cell, images))];
        List<OutputContent> shown = [.. cells.SelectMany(InOutputs)];
        return LastLarge(marked, content => content.MimeType != MimeTypes.Svg) ?? marked.LastOrDefault()
            ?? LastLarge(shown, content => content.MimeType is MimeTypes.Png or MimeTypes.Jpeg or MimeTypes.Webp)
            ?? LastLarge(shown, content => content.MimeType == MimeTypes.Gif) ?? shown.LastOrDefault()
            ?? cells.SelectMany(cell => InText(cell, images)).FirstOrDefault();
    }

    // The size of a file tells how much there is to see. What is half as large as the largest will do, and results come last.
    private static OutputContent? LastLarge(List<OutputContent> pictures, Func<OutputContent, bool> isWanted)
    {
        var wanted = pictures.Where(isWanted).ToList();
        return wanted.FindLast(picture => Size(picture) >= wanted.Max(Size) / 2);
    }

    // Of the same picture, a PNG is about three times as large as a JPEG.
    private static int Size(OutputContent picture) => picture.Text.Length / (picture.MimeType == MimeTypes.Png ? 3 : 1);

    private static IEnumerable<OutputContent> InCell(NotebookCell cell, EmbeddedImages images) => [.. InOutputs(cell), .. InText(cell, images)];

    private static IEnumerable<OutputContent> InOutputs(NotebookCell cell)
    {
        if (cell.Kind != CellKind.Code || cell.HasTag(CellTags.RemoveOutput))
            yield break;
        foreach (var output in cell.Outputs)
        {
            if (output.Field("data") is not JsonObject data || OutputContent.Richest(data) is not { } content)
                continue;
            bool isText = content.MimeType is MimeTypes.Svg or MimeTypes.Html;
            var inside = isText ? DataUris(content.Text).ToList() : [];
            foreach (var picture in inside)
                yield return picture;
            if (content.IsPicture && inside.Count == 0)
                yield return content;
        }
    }

    private static IEnumerable<OutputContent> InText(NotebookCell cell, EmbeddedImages images)
    {
        if (cell.Kind != CellKind.Markdown || NotebookMarkdown.Parse(cell.Source.ReplaceLineEndings("\n")) is not { } document)
            return [];
        return document.Descendants<LinkInline>().Where(link => link is { IsImage: true, Url: not null })
            .SelectMany(link => DataUris(images.Resolve(link.Url!, cell.Json["attachments"])));
    }

    private static IEnumerable<OutputContent> DataUris(string text) =>
        DataUri().Matches(text).Where(uri => Base64.IsValid(uri.Groups["data"].ValueSpan)).Select(uri => new OutputContent(uri.Groups["type"].Value, uri.Groups["data"].Value));

    [GeneratedRegex(@"data:(?<type>image/(?:png|jpeg|gif|webp));base64,(?<data>[A-Za-z0-9+/=]+)")]
    private static partial Regex DataUri();
}
