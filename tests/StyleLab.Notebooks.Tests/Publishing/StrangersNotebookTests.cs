using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks.Tests;

/// <summary>Notebooks of others: what their pages may carry. What a browser makes of them is tested in StyleLab.Jupyter.Tests.</summary>
public sealed class StrangersNotebookTests
{
    private static readonly PublishOptions Sanitized = new() { Sanitize = true };

    [Fact]
    public void The_handler_of_a_comparison_is_known_and_stays_as_it_is()
    {
        string figure = new BeforeAfter(new Picture(40, 30), new Picture(40, 30), "a", "b").ToHtml();
        string page = Page(figure, Sanitized);
        string handler = Regex.Match(figure, " oninput=\"[^\"]*\"").Value;
        Assert.NotEqual("", handler);
        Assert.Contains(handler, page);
        Assert.Contains(Regex.Match(figure, "<style>.*?</style>", RegexOptions.Singleline).Value, page);
        Assert.Contains("style=\"--at:50%;margin:0;max-width:640px\"", page);
        Assert.Equal(2, Regex.Count(page, "<img src=\"data:image/"));
        Assert.DoesNotContain("oninput", Page(figure.Replace("oninput=\"", "oninput=\"x();"), Sanitized));
    }

    [Theory]
    [InlineData("<p onclick=\"x()\">text</p>", "<p>text</p>")]
    [InlineData("<a href=\"javascript:x()\">text</a>", "<a>text</a>")]
    [InlineData("<a href=\"https://example.org/#a\" target=\"_blank\">text</a>", "<a href=\"https://example.org/#a\" target=\"_blank\">text</a>")]
    [InlineData("<form action=\"https://example.org\"><label>text</label></form>", "<div><label>text</label></div>")]
    [InlineData("<p style=\"color: red\">text</p>", "<p style=\"color: red\">text</p>")]
    [InlineData("<p style=\"background: url(https://example.org/a.png)\">text</p>", "<p>text</p>")]
    [InlineData("<p style=\"position: fixed; inset: 0\">text</p>", "<p>text</p>")]
    [InlineData("<b>open <!-- comment", "<b>open </b>")]
    [InlineData("<style>p { color: red }</style>text", "<style>p { color: red }</style>text")]
    [InlineData("<style>@import 'a.css';</style>text", "<div class=\"shown\">text</div>")]
    [InlineData("<a name=\"part\"></a><img name=\"x\" src=\"data:image/gif;base64,R0lG\">text", "<a name=\"part\"></a><img src=\"data:image/gif;base64,R0lG\">text")]
    [InlineData("<p aria-label=\"a\" data-x=\"b\" id=\"c\" class=\"d\">text</p>", "<p aria-label=\"a\" data-x=\"b\" id=\"c\" class=\"d\">text</p>")]
    public void Html_is_sanitised(string html, string expected) => Assert.Contains(expected, Page(html, Sanitized));

    [Theory]
    [InlineData("color: red", true)]
    [InlineData("clip-path: inset(0 0 0 var(--at)); aspect-ratio: 4 / 3", true)]
    [InlineData("background: url(data:image/png;base64,AAAA)", true)]
    [InlineData("fill: url(#gradient); mask: url( '#m' )", true)]
    [InlineData("background-position: -3px fixed", true)]
    [InlineData("content: '\\2713'; position: absolute", true)]
    [InlineData("background: URL(//example.org/a)", false)]
    [InlineData("background: url('javascript:x')", false)]
    [InlineData("background: u\\72 l(https://example.org/a)", false)]
    [InlineData("background: \\75\\72\\6c(https://example.org/a)", false)]
    [InlineData("content: '/*'; background: url(https://example.org/a)", false)]
    [InlineData("content: '\\2f\\2a'; background: url(https://example.org/a)", false)]
    [InlineData("background: image-set('https://example.org/a' 1x)", false)]
    [InlineData("background: -webkit-image-set(url(a.png) 1x)", false)]
    [InlineData("@\\69mport 'a'", false)]
    [InlineData("position:/**/fixed", false)]
    [InlineData("--p: fixed; position: var(--p)", false)]
    [InlineData("a</style>", false)]
    public void Styles_that_fetch_or_cover_the_page_are_known(string css, bool isSafe) => Assert.Equal(isSafe, SafeCss.Is(css));

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"><rect width=\"1\" onclick=\"x()\"/></svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1\" /></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x()</script><g>a &lt; b</g></svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g>a &lt; b</g></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><use xlink:href=\"#a\"/><image xlink:href=\"https://example.org/a.png\"/></svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\" /><image /></svg>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY ns \"w\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><style>@import 'a';</style><style>g{fill:red}</style><text class=\"&ns;\">x</text></svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>g{fill:red}</style><text class=\"w\">x</text></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"a\"/></foreignObject><path fill=\"url(https://example.org/#a)\" d=\"M0 0\"/></svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\" /></svg>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>", null)]
    [InlineData("<html/>", null)]
    public void Drawings_are_sanitised(string svg, string? expected) => Assert.Equal(expected, SvgSanitizer.Clean(svg));

    [Fact]
    public void Drawings_that_multiply_or_are_nested_deep_are_none()
    {
        string bomb = "<!DOCTYPE svg [<!ENTITY a \"" + new string('x', 1000) + "\">" + string.Concat(Enumerable.Range(0, 9).Select(i =>
            $"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat(i == 0 ? "&a;" : $"&a{i - 1};", 10))}\">")) + "]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&a8;</text></svg>";
        Assert.Null(SvgSanitizer.Clean(bomb));
        Assert.Null(SvgSanitizer.Clean("<svg xmlns=\"http://www.w3.org/2000/svg\">" + string.Concat(Enumerable.Repeat("<g>", 300)) + string.Concat(Enumerable.Repeat("</g>", 300)) + "</svg>"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" xmlns=\"http://www.w3.org/2000/svg\"")]
    [InlineData(" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns=\"http://www.w3.org/2000/svg\"")]
    public void A_drawing_in_html_may_name_its_language(string names)
    {
        string page = Page($"<svg{names}><title>a&nbsp;b</title><g><use xlink:href=\"#a\"></use><svg{names}></svg></g></svg>", Sanitized);
        string source = Regex.Match(page, "<img src=\"data:image/svg\\+xml;base64,([^\"]*)\" alt=\"a&nbsp;b\">").Groups[1].Value;
        Assert.Equal("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>a\u00a0b</title><g><use href=\"#a\" /><svg /></g></svg>", Encoding.UTF8.GetString(Convert.FromBase64String(source)));
    }

    [Fact]
    public void A_figure_in_a_list_becomes_a_picture()
    {
        string svg = new Grid(1, 2) { { new Picture(4, 3), "before & after" }, { new Picture(4, 3), "×" } }.ToSvg();
        Assert.Contains("alt=\"1×2 grid", Page($"<table><tr><td>{svg}</td></tr></table>", Sanitized));
    }

    [Fact]
    public void A_drawing_in_html_becomes_a_picture_and_a_chart_without_its_script_its_text()
    {
        string page = Page("<div>a <svg width=\"9\" onload=\"x()\"><linearGradient id=\"g\"/><script>x()</script></svg> b</div>", Sanitized);
        string source = Regex.Match(page, "<img src=\"data:image/svg\\+xml;base64,([^\"]*)\" alt=\"drawing\" width=\"9\">").Groups[1].Value;
        Assert.Equal("<svg width=\"9\" xmlns=\"http://www.w3.org/2000/svg\"><linearGradient id=\"g\" /></svg>", Encoding.UTF8.GetString(Convert.FromBase64String(source)));
        source = Regex.Match(Page("<svg><path stroke=\"currentColor\"/></svg>", Sanitized), "base64,([^\"]*)").Groups[1].Value;
        Assert.Contains("<style>:root{color:#1f2328}@media(prefers-color-scheme:dark)", Encoding.UTF8.GetString(Convert.FromBase64String(source)));
        Assert.Contains("<pre class=\"result\">the text</pre>", Page("<div id=\"chart\"></div><script>draw()</script>", Sanitized));
    }

    [Fact]
    public void Formulas_stay_and_nothing_else_can_be_put_in_their_place()
    {
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Markdown, "# $a$ title\n\n## One $x^2$\n## Two\n## Three\n## Four <img src=x onerror=\"y()\">\n\n<i data-formula=\"0-0\"></i>\n\n<div title=\"$b$\">$c$</div>\n\n$$\\text{<script>}$$");
        string page = HtmlExport.ToHtml(notebook, "x", Sanitized);
        Assert.Equal(5, Regex.Count(page, "<math"));
        Assert.Contains("<i data-formula=\"0-0\"></i>", page);
        Assert.Contains("<nav class=\"contents\"", page);
        Assert.DoesNotContain(" onerror", page);
        Assert.Equal(1, Regex.Count(page, "<script>"));
        Assert.Equal(HtmlExport.ToHtml(notebook, "x"), HtmlExport.ToHtml(notebook, "x"));
    }

    [Theory]
    [InlineData("<!-- open")]
    [InlineData("a</div></div></section></main>")]
    [InlineData("<div><b>open")]
    [InlineData("<script>x = '<!--<script>'")]
    [InlineData("<textarea>")]
    [InlineData("<title>")]
    [InlineData("<plaintext>")]
    [InlineData("<a href=\"open")]
    [InlineData("<svg><style>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<select><option>")]
    [InlineData("<template>")]
    public void What_html_leaves_open_does_not_eat_the_rest_of_the_page(string html)
    {
        foreach (var options in new[] { Sanitized, new() })
        {
            foreach (bool isMarkdown in new[] { true, false })
            {
                var notebook = Notebook.Create();
                notebook.Insert(0, CellKind.Markdown, isMarkdown ? html : "x");
                notebook.Insert(1, CellKind.Code, "1");
                if (!isMarkdown)
                    notebook.Cells[1].Outputs.Add(Html(html));
                notebook.Insert(2, CellKind.Markdown, "the end");
                string page = HtmlExport.ToHtml(notebook, "x", options);
                var main = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page).QuerySelector("body > main")!;
                Assert.Equal(3, main.ChildElementCount);
                Assert.Equal("the end", main.LastElementChild!.TextContent.Trim());
                Assert.Equal("script", main.NextElementSibling!.LocalName);
            }
        }
    }

    [Fact]
    public void Html_that_closes_what_it_opens_stays_as_it_is()
    {
        string html = "<DIV Class=a><p>one<p>two<br/><ul><li>three<li>four</ul><table><tr><td>5</table>\r\n<svg viewBox='0 0 1 1'><g/></svg><script>a < b && '</div>'</script></DIV>";
        Assert.Contains($"<div class=\"shown\">{html}</div>", Page(html, new()));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<p><b a=N></p>")]
    [InlineData("<svg><input>")]
    [InlineData("<table><td>")]
    [InlineData("<b a=N><p>")]
    [InlineData("<select><option>")]
    [InlineData("<math><mi>")]
    [InlineData("<font color=N>")]
    [InlineData("<template>")]
    [InlineData("<button><li>")]
    [InlineData("<style>a{b:calc(")]
    [InlineData("<p style='width:calc((((((('>")]
    [InlineData("<!--")]
    [InlineData("<b a=N><object></b></object>")]
    [InlineData("<b a=N><object><table></object></b></table>")]
    [InlineData("<table><tr><td><b a=N></td></tr></table>")]
    [InlineData("<td><b a=N></td>")]
    [InlineData("<svg><td>")]
    public void Html_nested_deep_is_shown_and_takes_no_longer_than_its_length(string piece)
    {
        string html = string.Concat(Enumerable.Range(0, 20_000).Select(i => piece.Replace("N", i.ToString())));
        foreach (var options in new[] { Sanitized, new() })
        {
            string page = Page(html, options);
            Assert.InRange(page.Length, 1000, 20 * html.Length);
            Assert.Contains("the end", page);
        }
    }

    [Fact]
    public void A_long_table_is_none_that_is_nested_deep()
    {
        string Table(string cell) => $"<table>{string.Concat(Enumerable.Repeat($"<tr><td><b>x</b><td><div>y</div></td><th>{cell}", 3000))}</table>";
        string html = $"<div>{string.Concat(Enumerable.Repeat("<p><b>x</b><i>y</i>", 3000))}</div>{Table("z")}<ul>{string.Concat(Enumerable.Repeat("<li>a<p>b<br>c<img alt=d>", 3000))}</ul>";
        Assert.Contains(html, Page(html, new()));
        Assert.Contains("&lt;font color=red&gt;", Page(Table("<font color=red>z"), new()));
    }

    [Fact]
    public void What_is_elsewhere_becomes_a_link_and_is_said_once()
    {
        var said = new List<string>();
        string page = Page("<img src=\"https://example.org/a.png\" alt=\"a chart\"><a href=\"https://b\"><img src=\"https://example.org/a.png\"></a><iframe src=\"https://example.org/f\"></iframe><link rel=\"stylesheet\" href=\"https://example.org/s.css\">",
            new() { Say = said.Add });
        Assert.Contains("<a class=\"elsewhere\" href=\"https://example.org/a.png\">a chart</a><a href=\"https://b\"><span class=\"elsewhere\">https://example.org/a.png</span></a>", page);
        Assert.Contains("<a class=\"elsewhere\" href=\"https://example.org/f\">https://example.org/f</a></div>", page);
        Assert.Equal("https://example.org/a.png and 2 more are on the network; a page fetches nothing, so a link stands where it would be seen.", Assert.Single(said));
    }

    [Fact]
    public void Scripts_are_named_unless_they_are_ours_or_taken_out()
    {
        var said = new List<string>();
        string html = "<script>x()</script><p onclick=\"x()\"><a href=\"javascript:x()\">a</a></p><script type=\"application/json\">{}</script>";
        Page(html, new() { Say = said.Add });
        Assert.StartsWith("The page runs 1 script and 2 handlers of the notebook", Assert.Single(said), StringComparison.Ordinal);
        said.Clear();
        Page(html, new() { Say = said.Add, Sanitize = true });
        Page(new BeforeAfter(new Picture(4, 3), new Picture(4, 3)).ToHtml(), new() { Say = said.Add });
        Assert.Empty(said);
    }

    [Fact]
    public void Every_page_has_a_policy_and_that_of_a_sanitised_one_names_our_script_alone()
    {
        const string pattern = "^default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]+'; style-src 'unsafe-inline'; img-src data:; media-src data:; font-src data:; base-uri 'none'; form-action 'none'$";
        Assert.Matches(pattern, Policy(Page("<script>x()</script><p onclick=\"y()\">", Sanitized)));
        Assert.Matches(pattern, Policy(Page("text", new())));
        Assert.Contains("'unsafe-hashes' 'strict-dynamic' 'unsafe-eval'", Policy(Page("<script>x()</script><p onclick=\"y()\"></p>", new())));
        Assert.DoesNotContain("strict-dynamic", Policy(Page("<p onclick=\"y()\"></p>", new())));

        static string Policy(string page) => Regex.Match(page, "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">").Groups[1].Value;
    }

    private static string Page(string html, PublishOptions options)
    {
        var notebook = Fixture.Notebook("1", "// the end");
        notebook.Cells[0].Outputs.Add(Html(html));
        return HtmlExport.ToHtml(notebook, "x", options);
    }

    private static JsonNode Html(string html) => new JsonObject
    {
        ["output_type"] = "display_data", ["data"] = new JsonObject { ["text/html"] = html, ["text/plain"] = "the text" },
    };
}
