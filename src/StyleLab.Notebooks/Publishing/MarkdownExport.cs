using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>An executed notebook as a Markdown file with its pictures in a folder beside it.</summary>
public static class MarkdownExport
{
    /// <summary>Writes the text, and its pictures into the folder NAME_files beside it.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="path">The .md file.</param>
    /// <param name="options">How it is published; it cannot be sanitised.</param>
    /// <exception cref="NotebookException">A file cannot be written, or it is to be sanitised.</exception>
    public static void Save(Notebook notebook, string path, PublishOptions? options = null)
    {
        options ??= new();
        options.RequireNoSanitizing("Markdown");
        var notes = new PublishNotes();
        string files = Path.GetFileNameWithoutExtension(path) + "_files";
        var assets = new PublishedAssets(name => $"{Uri.EscapeDataString(files)}/{name}", new(options.Folder, options.AllowOutside, notes));
        string text = Write(notebook, assets, new MarkdownFlavor { FoldCode = options.FoldCode }, new(notebook, options));
        SaveAssets(assets, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, files));
        TextFile.Write(path, text);
        notes.SayTo(options.Say);
    }

    internal static void SaveAssets(PublishedAssets assets, string folder)
    {
        foreach (var (name, content) in assets.Files)
            TextFile.Write(Path.Combine(folder, name), content);
    }

    internal static string Write(Notebook notebook, PublishedAssets assets, MarkdownFlavor flavor, NotebookLinks links)
    {
        var blocks = new List<string>();
        var stills = new SavedStills(notebook);
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            var cell = notebook.Cells[i];
            assets.Cell = i + 1;
            if (cell.HasTag(CellTags.RemoveCell))
                continue;
            if (cell.Kind == CellKind.Markdown)
                blocks.Add(Prose(cell.Source, cell.Json["attachments"]));
            else if (cell.Kind == CellKind.Code && (cell.Source.Trim().Length > 0 || cell.Outputs.Count > 0))
            {
                if (!cell.HasTag(CellTags.RemoveInput) && cell.Source.Trim().Length > 0)
                    blocks.Add(Code(cell));
                if (!cell.HasTag(CellTags.RemoveOutput))
                    blocks.AddRange(cell.Outputs.OfType<JsonObject>().Select(stills.Of).Select(OutputOrText));
            }
        }

        return string.Join("\n\n", blocks.Where(block => block.Length > 0)) + "\n";

        string Prose(string markdown, JsonNode? attachments)
        {
            string text = flavor.Escape(markdown.ReplaceLineEndings("\n")).Trim('\n');
            try
            {
                return MarkdownRewriting.Rewrite(text, flavor.Formula, address => assets.Resolve(address, attachments), links.InText);
            }
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                return text;
            }
        }

        string Code(NotebookCell cell)
        {
            string code = flavor.Escape(Fenced(cell.Source.ReplaceLineEndings("\n").TrimEnd(), CellHighlighter.LanguageOf(cell.Source, cell.Language)));
            return flavor.FoldCode || cell.HasTag(CellTags.HideInput)
                ? $"<details markdown=\"1\">\n<summary>Code</summary>\n\n{code}\n\n</details>"
                : code;
        }

        // What cannot be written as what it is, is text; the rest of the file is there.
        string OutputOrText(JsonObject output)
        {
            try
            {
                return Output(output);
            }
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                return flavor.Escape(Fenced(MultilineText.Read((output["data"] as JsonObject)?[MimeTypes.PlainText]), "text"));
            }
        }

        string Output(JsonObject output) => MultilineText.Read(output["output_type"]) switch
        {
            "stream" => flavor.Escape(Fenced(OutputContent.Plain(MultilineText.Read(output["text"])), "text")),
            "error" => flavor.Escape(Fenced(OutputContent.ErrorText(output), "text")),
            "display_data" or "execute_result" when output["data"] is JsonObject data => Data(data),
            _ => "",
        };

        string Data(JsonObject data)
        {
            var content = OutputContent.Richest(data, preferPictures: !flavor.KeepsHtml);
            string alternative = data[MimeTypes.PlainText] is { } plain ? MultilineText.Read(plain).Split('\n')[0] : "output";
            return content switch
            {
                null => "",
                { MimeType: MimeTypes.PlainText } => flavor.Escape(Fenced(OutputContent.Plain(content.Text), "text")),
                { MimeType: MimeTypes.Html } => assets.ExtractFrom(NotebookLinks.Replace(flavor.Escape(OneBlock(content.Text)), links.InOutput)),
                { IsPicture: true } => $"![{Label(flavor.Escape(alternative))}]({assets.Add(content)})",
                _ => Prose(content.Text, null),
            };
        }
    }

    /// <summary>Code between fences that are longer than any in it.</summary>
    private static string Fenced(string text, string language)
    {
        string fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"{fence}{language}\n{text}\n{fence}";
    }

    // An empty line would end the block of HTML, and spaces before it would make code of it.
    private static string OneBlock(string html)
    {
        var lines = html.ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0).Select(line => line.Trim());
        return $"<div>\n{string.Join('\n', lines)}\n</div>";
    }

    private static string Label(string text) => text.Replace('[', '(').Replace(']', ')');
}
