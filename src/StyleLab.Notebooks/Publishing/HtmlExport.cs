using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>An executed notebook as one HTML file that needs nothing else: pictures, formulas and styles are
/// inside.</summary>
public static class HtmlExport
{
    /// <summary>Writes the page to a temporary file and renames it.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="path">The .html file.</param>
    /// <param name="folder">Where pictures named in Markdown cells are looked for, normally the folder of the original
    /// notebook.</param>
    /// <param name="foldCode">Whether code is hidden until it is asked for.</param>
    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Save(Notebook notebook, string path, string? folder = null, bool foldCode = false) =>
        TextFile.Write(path, ToHtml(notebook, Path.GetFileNameWithoutExtension(path), folder, foldCode));

    /// <summary>Renders the page.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="name">The title if no Markdown cell has a heading.</param>
    /// <param name="folder">Where pictures named in Markdown cells are looked for.</param>
    /// <param name="foldCode">Whether code is hidden until it is asked for.</param>
    public static string ToHtml(Notebook notebook, string name = "notebook", string? folder = null, bool foldCode = false)
    {
        var headings = new Headings();
        var images = new EmbeddedImages(folder);
        var body = new StringBuilder();
        foreach (var cell in notebook.Cells.Where(cell => !cell.HasTag(CellTags.RemoveCell)))
        {
            var markdown = new MarkdownRenderer(address => images.Resolve(address, cell.Json["attachments"]), headings);
            if (cell.Kind == CellKind.Markdown)
                body.Append($"<section class=\"markdown\">\n{AsText.Unless(() => markdown.ToHtml(cell.Source), cell.Source)}</section>\n");
            else if (cell.Kind == CellKind.Code && (cell.Source.Trim().Length > 0 || cell.Outputs.Count > 0))
                body.Append(AsText.Unless(() => CodeCell(cell, markdown, foldCode), cell.Source));
        }

        string title = WebUtility.HtmlEncode(TitleOf(notebook) ?? name);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>
            {Resource("page.css")}</style>
            </head>
            <body>
            <button id="code-toggle" type="button">{(foldCode ? "Show code" : "Hide code")}</button>
            <main>
            {WithContents(body.ToString(), headings.ContentsHtml())}</main>
            {Footer(notebook)}<script>
            {Resource("page.js")}</script>
            </body>
            </html>

            """;
    }

    /// <summary>The table of contents stands below the title.</summary>
    private static string WithContents(string body, string contents)
    {
        const string end = "</h1>\n";
        int at = body.IndexOf(end, StringComparison.Ordinal);
        return contents.Length == 0 ? body : body.Insert(at < 0 ? 0 : at + end.Length, contents);
    }

    private static string CodeCell(NotebookCell cell, MarkdownRenderer markdown, bool foldCode)
    {
        var outputHtml = new OutputHtml(markdown);
        string outputs = cell.HasTag(CellTags.RemoveOutput)
            ? "" : string.Concat(cell.Outputs.OfType<JsonObject>().Select(outputHtml.Render));
        string count = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        string time = CellTime(cell) is { } duration ? $"<span class=\"time\">{Readable(duration)}</span>" : "";
        string source = cell.HasTag(CellTags.RemoveInput) ? "" : $"""
            <details class="source"{(foldCode || cell.HasTag(CellTags.HideInput) ? "" : " open")}>
            <summary><span class="count">[{count}]</span>{time}</summary>
            <pre><code>{CSharpHighlighter.ToHtml(cell.Source)}</code></pre>
            </details>

            """;
        return $"""
            <section class="code">
            {source}<div class="outputs">
            {outputs}</div>
            </section>

            """;
    }

    private static string Footer(Notebook notebook)
    {
        if (notebook.Metadata["stylelab"] is not JsonObject run || run["duration"] is not JsonValue seconds
            || !seconds.TryGetValue(out double duration) || !IsDuration(duration))
        {
            return "";
        }

        var parameters = run["parameters"] is JsonObject { Count: > 0 } values
            ? " with " + string.Join(", ", values.Select(p => $"<code>{WebUtility.HtmlEncode($"{p.Key} = {p.Value}")}</code>"))
            : "";
        return $"<footer>Run in {Readable(TimeSpan.FromSeconds(duration))}{parameters}.</footer>\n";
    }

    // Thirty years; what is beyond was not measured.
    private static bool IsDuration(double seconds) => seconds is >= 0 and < 1e9;

    private static TimeSpan? CellTime(NotebookCell cell)
    {
        var times = cell.Json.Field("metadata").Field("execution");
        return Time(times.Field("iopub.status.busy")) is { } start && Time(times.Field("iopub.status.idle")) is { } end ? end - start : null;
    }

    private static DateTimeOffset? Time(JsonNode? node) =>
        DateTimeOffset.TryParse(MultilineText.Read(node), CultureInfo.InvariantCulture, out var time) ? time : null;

    private static string Readable(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 0.9995 } => FormattableString.Invariant($"{duration.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } => FormattableString.Invariant($"{duration.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } => FormattableString.Invariant($"{duration.TotalSeconds:0} s"),
        { TotalHours: < 1 } => $"{duration.Minutes} min {duration.Seconds} s",
        _ => $"{(int)duration.TotalHours} h {duration.Minutes} min",
    };

    /// <summary>The first heading of the first level in a Markdown cell, or null.</summary>
    internal static string? TitleOf(Notebook notebook) =>
        notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlExport).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
