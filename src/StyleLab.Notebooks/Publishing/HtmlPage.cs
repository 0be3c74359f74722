using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>The page of a notebook while it is made.</summary>
internal sealed class HtmlPage
{
    private readonly Notebook _notebook;
    private readonly PublishOptions _options;
    private readonly Headings _headings = new();
    private readonly FormulaPlaces _formulas = new();
    private readonly PageScripts _scripts = new();
    private readonly PublishNotes _notes = new();
    private readonly PageCharts _charts;
    private readonly EmbeddedImages _images;
    private readonly ForeignHtml _foreign;
    private readonly NotebookLinks _links;
    private readonly SavedStills _stills;

    public HtmlPage(Notebook notebook, PublishOptions options)
    {
        (_notebook, _options) = (notebook, options);
        _charts = new(_scripts, _notes, options.Sanitize);
        _images = new(options.Folder, options.AllowOutside, _notes);
        _links = new(notebook, options);
        _stills = new(notebook);
        _foreign = new(new Elsewhere(_images, _notes), _scripts, options.Sanitize);
    }

    /// <summary>What is to lie beside the page once it is rendered, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _charts.Files;

    public string Render(string name)
    {
        var body = new StringBuilder();
        foreach (var cell in _notebook.Cells.Where(cell => !cell.HasTag(CellTags.RemoveCell)))
        {
            var markdown = new MarkdownRenderer(address => _images.Resolve(address, cell.Json["attachments"]), _headings, _formulas, _links.InText);
            if (cell.Kind == CellKind.Markdown)
                body.Append($"<section class=\"markdown\">\n{AsText.Unless(() => _foreign.Take(markdown.ToHtml(cell.Source), cell.Source), cell.Source)}</section>\n");
            else if (cell.Kind == CellKind.Code && (cell.Source.Trim().Length > 0 || cell.Outputs.Count > 0))
                body.Append(AsText.Unless(() => CodeCell(cell, markdown), cell.Source));
        }

        string contents = _headings.ContentsHtml(heading => AsText.Unless(() => _foreign.Take(heading, heading), heading));
        string main = _formulas.Fill(WithContents(body.ToString(), contents));
        string script = $"\n{Resource.Text("page.js")}";
        _scripts.AddOwn(script);
        string charts = _charts.Scripts($"\n{Resource.Text("charts.js")}");
        _notes.SayTo(_options.Say);
        _scripts.SayTo(_options.Say);
        string title = WebUtility.HtmlEncode(HtmlExport.TitleOf(_notebook) ?? name);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{_scripts.Policy()}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>
            {Resource.Text("colors.css")}{Resource.Text("page.css")}</style>
            </head>
            <body>
            <button id="code-toggle" type="button">{(_options.FoldCode ? "Show code" : "Hide code")}</button>
            {WayBack()}<main>
            {main}</main>
            {Footer()}{charts}<script>{script}</script>
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

    private string CodeCell(NotebookCell cell, MarkdownRenderer markdown)
    {
        var outputHtml = new OutputHtml(markdown, _foreign, _charts, _links);
        string outputs = cell.HasTag(CellTags.RemoveOutput)
            ? "" : string.Concat(cell.Outputs.OfType<JsonObject>().Select(_stills.Of).Select(outputHtml.Render));
        string count = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        string time = CellTime(cell) is { } duration ? $"<span class=\"time\">{Readable(duration)}</span>" : "";
        string source = cell.HasTag(CellTags.RemoveInput) ? "" : $"""
            <details class="source"{(_options.FoldCode || cell.HasTag(CellTags.HideInput) ? "" : " open")}>
            <summary><span class="count">[{count}]</span>{time}</summary>
            <pre><code>{CellHighlighter.ToHtml(cell.Source, cell.Language)}</code></pre>
            </details>

            """;
        return $"""
            <section class="code">
            {source}<div class="outputs">
            {outputs}</div>
            </section>

            """;
    }

    private string WayBack() => _options.Gallery is { } gallery
        ? $"<nav class=\"all\"><a href=\"{WebUtility.HtmlEncode(gallery)}\">← All notebooks</a></nav>\n" : "";

    private string Footer()
    {
        if (_notebook.Metadata["stylelab"] is not JsonObject run || run["duration"] is not JsonValue seconds
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
}
