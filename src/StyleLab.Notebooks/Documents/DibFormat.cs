using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>
/// The .dib text format of .NET Interactive: cells one below the other, each after a line <c>#!language</c>; no
/// outputs. A <c>#!meta</c> block of JSON at the top names the languages.
/// </summary>
internal static class DibFormat
{
    private const string Meta = "meta";

    /// <summary>Reads a document; cells of other languages than C# carry their language in their metadata.</summary>
    /// <exception cref="NotebookException">The <c>#!meta</c> block is damaged.</exception>
    public static Notebook Parse(string text, string name)
    {
        string[] lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var notebook = Notebook.Create();
        int metaLine = Array.IndexOf(lines, "#!" + Meta);
        int metaEnd = metaLine;
        if (metaLine >= 0)
        {
            metaEnd = Array.FindIndex(lines, metaLine + 1, line => line.StartsWith("#!", StringComparison.Ordinal));
            metaEnd = metaEnd < 0 ? lines.Length : metaEnd;
            notebook.Metadata["polyglot_notebook"] = ParseMeta(string.Join('\n', lines[(metaLine + 1)..metaEnd]), name, metaLine + 1);
        }

        var names = KnownNames(notebook);
        string language = DefaultLanguage(notebook);
        var cell = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (i == metaLine)
            {
                i = metaEnd - 1;
            }
            else if (lines[i].StartsWith("#!", StringComparison.Ordinal) && names.TryGetValue(lines[i][2..], out string? chosen))
            {
                Add(notebook, language, cell);
                language = chosen;
            }
            else
            {
                cell.Add(lines[i]);
            }
        }

        Add(notebook, language, cell);
        if (notebook.Cells.Count == 0)
            notebook.Insert(0, CellKind.Code, "").Language = Language.CSharp.Name;
        return notebook;
    }

    /// <summary>Writes a document. What the format has no place for is left out: outputs, tags, attachments.</summary>
    public static string Write(Notebook notebook)
    {
        var meta = notebook.Metadata["polyglot_notebook"] as JsonObject ?? new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = Language.CSharp.Name,
                ["items"] = new JsonArray(new JsonObject { ["name"] = Language.CSharp.Name, ["languageName"] = Language.CSharp.Name, ["aliases"] = new JsonArray() }),
            },
        };
        var names = KnownNames(notebook);
        var text = new StringBuilder($"#!{Meta}\n\n{meta.ToJsonString()}\n");
        foreach (var cell in notebook.Cells)
        {
            string language = cell.Kind != CellKind.Code ? Language.Markdown.Name : cell.Language ?? DefaultLanguage(notebook);
            string source = cell.Kind == CellKind.Raw ? $"```\n{cell.Source}\n```" : cell.Source.ReplaceLineEndings("\n");
            string firstLine = source.Split('\n')[0];
            if (cell.Kind == CellKind.Code && firstLine.StartsWith("#!", StringComparison.Ordinal) && names.TryGetValue(firstLine[2..], out string? chosen))
                (language, source) = (chosen, source[firstLine.Length..]);
            if (Trim(source.Split('\n')) is { Count: > 0 } lines)
                text.Append($"\n#!{language}\n\n{string.Join('\n', lines)}\n");
        }

        return text.ToString();
    }

    private static JsonObject ParseMeta(string json, string name, int line)
    {
        try
        {
            var meta = JsonText.Parse(json);
            return meta as JsonObject
                ?? throw new NotebookException($"{name} is damaged below #!meta in line {line}: there is {JsonText.KindOf(meta)}, expected an object.");
        }
        catch (JsonException broken)
        {
            throw new NotebookException($"{name} is damaged below #!meta in line {line}: {JsonText.Problem(broken)}.", broken);
        }
    }

    /// <summary>What can follow <c>#!</c> to begin a cell, each with the language's own name.</summary>
    private static Dictionary<string, string> KnownNames(Notebook notebook)
    {
        var names = new Dictionary<string, string>();
        foreach (var language in Language.All)
        {
            foreach (string name in language.Aliases.Append(language.Name))
                names[name] = language.Name;
        }

        var items = notebook.Metadata["polyglot_notebook"].Field("kernelInfo").Field("items") as JsonArray ?? [];
        foreach (var item in items.OfType<JsonObject>())
        {
            string own = MultilineText.Read(item["name"]);
            foreach (string name in (item["aliases"] as JsonArray ?? []).Select(MultilineText.Read).Append(own).Where(name => name.Length > 0))
                names[name] = own;
        }

        return names;
    }

    private static string DefaultLanguage(Notebook notebook) =>
        MultilineText.Read(notebook.Metadata["polyglot_notebook"].Field("kernelInfo").Field("defaultKernelName")) is { Length: > 0 } name
            ? name : Language.CSharp.Name;

    private static void Add(Notebook notebook, string language, List<string> lines)
    {
        if (Trim(lines) is { Count: > 0 } kept)
        {
            bool isMarkdown = language == Language.Markdown.Name;
            var cell = notebook.Insert(notebook.Cells.Count, isMarkdown ? CellKind.Markdown : CellKind.Code, string.Join('\n', kept));
            if (!isMarkdown)
                cell.Language = language;
        }

        lines.Clear();
    }

    // A line of spaces is not empty.
    private static List<string> Trim(IEnumerable<string> lines)
    {
        var kept = lines.SkipWhile(line => line.Length == 0).ToList();
        while (kept.Count > 0 && kept[^1].Length == 0)
            kept.RemoveAt(kept.Count - 1);
        return kept;
    }
}
