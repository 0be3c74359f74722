using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks.Tests;

public sealed class HtmlExportTests
{
    [Fact]
    public void A_page_needs_nothing_from_outside()
    {
        string html = HtmlExport.ToHtml(Notebook.Load(Fixture.PathOf("write-up.ipynb")), "x", new() { Folder = Fixture.PathOf("") });
        Assert.Contains("<title>Seeing a picture the way a network sees it</title>", html);
        Assert.Contains("<img src=\"data:image/png;base64,iVBOR", html);
        Assert.DoesNotContain("src=\"http", html);
        Assert.DoesNotContain("<link", html);
        Assert.Contains("<span class=\"directive\">#r &quot;System.Text.Json&quot;", html);
        Assert.Contains("<span class=\"keyword\">record</span> <span class=\"type\">Layer</span>", html);
    }

    [Theory]
    [InlineData("select title from \"a\" where year < @limit -- all", "sql-gallery", "<span class=\"keyword\">select</span> title <span class=\"keyword\">from</span> &quot;a&quot;", "<span class=\"method\">@limit</span> <span class=\"comment\">-- all</span>")]
    [InlineData("#!sql-gallery --name x\nselect 'it''s', 5", null, "<span class=\"directive\">#!sql-gallery --name x</span>\n<span class=\"keyword\">select</span> <span class=\"string\">&#39;it&#39;&#39;s&#39;</span>", "<span class=\"number\">5</span>")]
    [InlineData("let x' = \"a\" // note", "fsharp", "<span class=\"keyword\">let</span> x&#39; = <span class=\"string\">&quot;a&quot;</span> <span class=\"comment\">// note</span>", "note")]
    [InlineData("#!http\n@host = https://a.org\nGET {{host}}/b\nAccept: text/html\n\n### next\n# note", null, "<span class=\"keyword\">GET</span> <span class=\"method\">{{host}}</span>/b\n<span class=\"type\">Accept</span>: text/html", "<span class=\"directive\">### next</span>\n<span class=\"comment\"># note</span>")]
    [InlineData("var a = 1;\n#!fsharp\nlet b = 2\n#!csharp\nvar c = 3;", null, "<span class=\"keyword\">let</span> b = <span class=\"number\">2</span>\n<span class=\"directive\">#!csharp", "<span class=\"keyword\">var</span> c")]
    [InlineData("Get-Item 'x' | class", "pwsh", "<pre><code>Get-Item &#39;x&#39; | class</code></pre>", "class")]
    public void Cells_are_coloured_in_their_language(string source, string? language, string expected, string more)
    {
        var notebook = Fixture.Notebook(source);
        if (language != null)
            notebook.Cells[0].Language = language;
        string html = HtmlExport.ToHtml(notebook);
        Assert.Contains(expected, html);
        Assert.Contains(more, html);
    }

    [Fact]
    public void The_richest_visible_type_is_shown()
    {
        Assert.Contains("<div class=\"shown\"><b>h</b></div>", Output(("text/html", "<b>h</b>"), ("image/png", "AAAA"), ("text/plain", "p")));
        Assert.Contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\"", Output(("application/vnd.plotly.v1+json", "{}"), ("image/svg+xml", "<svg/>")));
        Assert.Contains("src=\"data:image/jpeg;base64,AAAA\"", Output(("image/jpeg", "AAAA\n"), ("text/plain", "p")));
        Assert.Contains("<img src=\"data:image/gif;base64,R0lG\" alt=\"p &lt; q\">", Output(("image/gif", "R0lG"), ("text/plain", "p < q")));
        Assert.Contains("<strong>m</strong>", Output(("text/markdown", "**m**"), ("text/plain", "p")));
        Assert.Contains("<math display=\"block\">", Output(("text/latex", "\\begin{align} a &= b \\end{align}"), ("text/plain", "p")));
        Assert.Contains("<pre class=\"result\">a &lt; b</pre>", Output(("text/plain", "a < b")));
    }

    [Theory]
    [InlineData("remove-cell", false, false)]
    [InlineData("remove-input", false, true)]
    [InlineData("remove-output", true, false)]
    [InlineData("other", true, true)]
    public void Tags_hide_a_cell_its_code_or_its_outputs(string tag, bool hasCode, bool hasOutput)
    {
        var notebook = Fixture.Notebook("// the code");
        notebook.Cells[0].Metadata["tags"] = new JsonArray(tag);
        notebook.Cells[0].Outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "the output" });
        string html = HtmlExport.ToHtml(notebook);
        Assert.Equal((hasCode, hasOutput), (html.Contains("// the code"), html.Contains("the output")));
    }

    [Fact]
    public void Code_is_folded_on_request_or_by_a_tag()
    {
        var notebook = Fixture.Notebook("1", "2");
        notebook.Cells[1].Metadata["tags"] = new JsonArray("hide-input");
        Assert.Equal((1, 1), Details(HtmlExport.ToHtml(notebook)));
        Assert.Equal((0, 2), Details(HtmlExport.ToHtml(notebook, options: new() { FoldCode = true })));
        Assert.Contains(">Show code</button>", HtmlExport.ToHtml(notebook, options: new() { FoldCode = true }));

        static (int Open, int Closed) Details(string html) =>
            (html.Split("<details class=\"source\" open>").Length - 1, html.Split("<details class=\"source\">").Length - 1);
    }

    [Fact]
    public void Headings_have_addresses_and_a_long_page_has_contents()
    {
        string html = HtmlExport.ToHtml(Fixture.Notebook("# Title", "# a\n## [Same](x)\n## Same\n### *Deep*", "# b\n## Same"));
        Assert.Contains("<h2 id=\"same\">Same<a class=\"anchor\" href=\"#same\" aria-label=\"Link to this heading\">#</a></h2>", html);
        Assert.Contains("<h1 id=\"title\">Title</h1>\n<nav class=\"contents\" aria-label=\"Contents\">", html);
        string[] links = [.. html.Split('\n').Where(line => line.StartsWith("<li class=\"level-", StringComparison.Ordinal))];
        Assert.Equal(4, links.Length);
        Assert.Equal("<li class=\"level-3\"><a href=\"#deep\"><em>Deep</em></a></li>", links[2]);
        Assert.Equal("<li class=\"level-2\"><a href=\"#same-2\">Same</a></li>", links[3]);
        Assert.DoesNotContain("<nav", HtmlExport.ToHtml(Fixture.Notebook("# Title\n## One\n## Two\n## Three")));
    }

    [Fact]
    public void Errors_and_streams_lose_their_colours_and_rewritten_lines()
    {
        string error = Render(new JsonObject
        {
            ["output_type"] = "error", ["ename"] = "E", ["evalue"] = "v", ["traceback"] = new JsonArray("\u001b[0;31mE\u001b[0m: v"),
        });
        Assert.Contains("<pre class=\"error\">E: v</pre>", error);
        string stream = Render(new JsonObject { ["output_type"] = "stream", ["name"] = "stderr", ["text"] = "10 %\r20 %\rdone\n" });
        Assert.Contains("<pre class=\"stream stderr\">done</pre>", stream);
    }

    [Fact]
    public void Attachments_of_a_cell_are_found()
    {
        string html = HtmlExport.ToHtml(Notebook.Load(Fixture.PathOf("format-4.2.ipynb")));
        Assert.Contains("<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"dot\" />", html);
    }

    [Fact]
    public void Times_of_cells_and_of_the_run_are_shown()
    {
        var notebook = Fixture.Notebook("1 + 1");
        notebook.Cells[0].ExecutionCount = 3;
        notebook.Cells[0].Metadata["execution"] = new JsonObject
        {
            ["iopub.status.busy"] = "2026-01-01T10:00:00.000000Z", ["iopub.status.idle"] = "2026-01-01T10:01:12.400000Z",
        };
        notebook.Metadata["stylelab"] = new JsonObject { ["duration"] = 75.2, ["parameters"] = new JsonObject { ["steps"] = "5" } };
        string html = HtmlExport.ToHtml(notebook);
        Assert.Contains("<span class=\"count\">[3]</span><span class=\"time\">1 min 12 s</span>", html);
        Assert.Contains("<footer>Run in 1 min 15 s with <code>steps = 5</code>.</footer>", html);
    }

    [Theory]
    [InlineData("_ = .A")]
    [InlineData("x = .")]
    [InlineData("var s = $\"{a")]
    public void Unfinished_code_is_shown(string code) =>
        Assert.Contains(WebUtility.HtmlEncode(code), Regex.Replace(HtmlExport.ToHtml(Fixture.Notebook(code, "// the end")), "</?span[^>]*>", ""));

    [Theory]
    [InlineData("(", 50_000)]
    [InlineData("f(a => {", 20_000)]
    [InlineData("A<", 20_000)]
    [InlineData("$\"{", 20_000)]
    [InlineData("not ", 12_000)]
    [InlineData("a?.b", 12_000)]
    [InlineData("#if A\n", 8_000)]
    [InlineData("/// <a>", 7_000)]
    [InlineData("[", 20_000)]
    public void Code_nested_deep_is_shown(string piece, int count)
    {
        string code = string.Concat(Enumerable.Repeat(piece, count));
        string html = HtmlExport.ToHtml(Fixture.Notebook(code, "// the end"));
        Assert.Contains(WebUtility.HtmlEncode(code), Regex.Replace(html, "</?span[^>]*>", ""));
        Assert.Contains("// the end", html);
    }

    [Theory]
    [InlineData("{\"output_type\":\"display_data\",\"data\":{\"image/png\":\"no base64\\\"><b>\",\"text/plain\":\"a picture\"}}", "<pre class=\"result\">a picture</pre>")]
    [InlineData("{\"output_type\":\"display_data\",\"data\":{\"image/gif\":[\"R0\", \"?\"],\"text/plain\":[\"a \", \"film\"]}}", "<pre class=\"result\">a film</pre>")]
    [InlineData("{\"output_type\":\"error\",\"traceback\":{}}", "<pre class=\"error\">")]
    [InlineData("{\"output_type\":3}", "the end")]
    public void Odd_outputs_are_shown_as_text(string output, string expected)
    {
        var notebook = Fixture.Notebook("1", "// the end");
        notebook.Cells[0].Outputs.Add(JsonNode.Parse(output));
        string html = HtmlExport.ToHtml(notebook);
        Assert.Contains(expected, html);
        Assert.DoesNotContain("<b>", html);
    }

    [Theory]
    [InlineData("attachments", "[1]")]
    [InlineData("attachments", "{\"a.png\":7}")]
    public void Odd_attachments_are_passed_over(string name, string json)
    {
        var notebook = Fixture.Notebook("1");
        notebook.Insert(0, CellKind.Markdown, "before ![x](attachment:a.png) after").Json[name] = JsonNode.Parse(json);
        Assert.Contains("after", HtmlExport.ToHtml(notebook));
    }

    private static string Output(params (string Type, string Content)[] data)
    {
        var content = new JsonObject();
        foreach (var (type, text) in data)
            content[type] = text;
        return Render(new JsonObject { ["output_type"] = "display_data", ["data"] = content });
    }

    private static string Render(JsonObject output)
    {
        var notebook = Fixture.Notebook("x");
        notebook.Cells[0].Outputs.Add((JsonNode)output);
        return HtmlExport.ToHtml(notebook);
    }
}
