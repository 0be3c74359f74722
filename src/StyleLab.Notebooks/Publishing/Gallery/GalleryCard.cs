using System.Net;
using System.Text;
using Markdig.Syntax;

namespace StyleLab.Notebooks;

/// <summary>What a gallery shows of a notebook.</summary>
/// <param name="Address">Where its page is.</param>
/// <param name="Title">The first heading of the first level, as HTML; the name of the file without one.</param>
/// <param name="Sentence">The first sentence of the first paragraph, as HTML; may be empty.</param>
/// <param name="Picture">The picture that stands for it, if it has any.</param>
internal sealed record GalleryCard(string Address, string Title, string Sentence, OutputContent? Picture)
{
    /// <summary>The card of a notebook.</summary>
    /// <param name="published">The notebook.</param>
    /// <param name="options">Its title, sentence and picture are taken in as those of its page are.</param>
    public static GalleryCard Of(PublishedNotebook published, PublishOptions options)
    {
        string title = "", sentence = "";
        foreach (var cell in published.Notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown && !cell.HasTag(CellTags.RemoveCell)))
        {
            foreach (var block in NotebookMarkdown.Parse(cell.Source.ReplaceLineEndings("\n")) ?? [])
            {
                if (title.Length == 0 && block is HeadingBlock { Level: 1, Inline: { } heading })
                    title = CardText.Whole(heading);
                else if (sentence.Length == 0 && block is ParagraphBlock { Inline: { } paragraph })
                    sentence = CardText.FirstSentence(paragraph);
            }
        }

        string name = Path.GetFileNameWithoutExtension(published.Path);
        var folder = options with { Folder = Path.GetDirectoryName(Path.GetFullPath(published.Path)) };
        return new(published.Address, title.Length > 0 ? title : WebUtility.HtmlEncode(name), sentence, TellingPicture.Of(published.Notebook, folder));
    }

    /// <param name="address">Where the picture is.</param>
    public string ToHtml(string? address)
    {
        var html = new StringBuilder($"<li><a href=\"{RawAddress(Address)}\">\n");
        string style = Picture?.MimeType == MimeTypes.Svg ? "picture drawing" : "picture";
        html.Append(address == null
            ? "<span class=\"picture\"></span>\n"
            : $"<span class=\"{style}\"><img src=\"{address}\" alt=\"\" loading=\"lazy\"></span>\n");
        html.Append($"<h2>{Title}</h2>\n");
        if (Sentence.Length > 0)
            html.Append($"<p>{Sentence}</p>\n");
        return html.Append("</a></li>\n").ToString();
    }

    private static string RawAddress(string address) => address.Replace("&", "&amp;").Replace("\"", "&quot;");
}
