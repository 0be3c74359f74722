using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Tests;

public sealed class NotebookLinksTests
{
    private const string Folder = "/nb";

    private static PublishOptions Together(params string[] names)
    {
        var target = Fixture.Notebook("# The heading, and Größe\n\n<a id=\"Named\"></a>");
        return new() { Folder = Folder, Together = [.. names.Select(name => new PublishedNotebook($"{Folder}/{name}.ipynb", target, $"{Uri.EscapeDataString(name)}.html"))] };
    }

    private static string Html(string markdown, PublishOptions options)
    {
        string html = HtmlExport.ToHtml(Fixture.Notebook("# " + markdown), "x", options);
        int start = html.IndexOf("<h1", StringComparison.Ordinal);
        start = html.IndexOf('>', start) + 1;
        return html[start..html.IndexOf("</h1>", start, StringComparison.Ordinal)];
    }

    [Theory]
    [InlineData("[a *b*](03-x.ipynb)", "<a href=\"03-x.html\">a <em>b</em></a>")]
    [InlineData("[a](./03-x.ipynb \"T\")", "<a href=\"03-x.html\" title=\"T\">a</a>")]
    [InlineData("[a](sub/../03-x.ipynb)", "<a href=\"03-x.html\">a</a>")]
    [InlineData("[a](../nb/03-x.ipynb?flush_cache=true)", "<a href=\"03-x.html\">a</a>")]
    [InlineData("[a](/nb/03-x.ipynb)", "<a href=\"03-x.html\">a</a>")]
    [InlineData("[a](03-x.ipynb#The-heading,-and-Größe)", "<a href=\"03-x.html#the-heading-and-gr%C3%B6%C3%9Fe\">a</a>")]
    [InlineData("[a](03-x.ipynb#the-heading-and-gr%C3%B6%C3%9Fe)", "<a href=\"03-x.html#the-heading-and-gr%C3%B6%C3%9Fe\">a</a>")]
    [InlineData("[a](03-x.ipynb#Named)", "<a href=\"03-x.html#Named\">a</a>")]
    [InlineData("[a](two%20words.ipynb)", "<a href=\"two%20words.html\">a</a>")]
    [InlineData("[a](<two words.ipynb>)", "<a href=\"two%20words.html\">a</a>")]
    [InlineData("<a class='b' href='03-x.ipynb'>a</a>", "<a class='b' href=\"03-x.html\">a</a>")]
    [InlineData("[![p](data:,)](03-x.ipynb)", "<a href=\"03-x.html\"><img src=\"data:,\" alt=\"p\" /></a>")]
    public void A_link_to_a_notebook_leads_to_its_page(string markdown, string expected) => Assert.Equal(expected, Html(markdown, Together("03-x", "two words")));

    [Theory]
    [InlineData("[a *b* $x$](04-y.ipynb)", "a <em>b</em> <math display=\"inline\"><mrow><mi>x</mi></mrow></math>")]
    [InlineData("[a](04-y.ipynb#part \"T\") c", "a c")]
    [InlineData("[a](../03-x.ipynb)", "a")]
    [InlineData("[a](03%2Dy.IPYNB)", "a")]
    [InlineData("[a](old.dib)", "a")]
    [InlineData("<a href=\"04-y.ipynb\" id=\"c\">a</a>", "<a id=\"c\">a</a>")]
    [InlineData("[a](%00.ipynb)", "a")]
    public void A_link_to_a_notebook_without_a_page_is_text(string markdown, string expected)
    {
        Assert.Equal(expected, Html(markdown, Together("03-x")));
        Assert.Equal(expected, Html(markdown, new() { Folder = Folder }));
    }

    [Theory]
    [InlineData("[a](https://example.org/03-x.ipynb)")]
    [InlineData("[a](//example.org/03-x.ipynb)")]
    [InlineData("[a](03-x.ipynb.md)")]
    [InlineData("[a](data/values.csv#c)")]
    [InlineData("[a](mailto:x@example.org)")]
    [InlineData("[a]()")]
    public void Other_links_stay(string markdown) => Assert.Equal(Html(markdown, new()), Html(markdown, Together("03-x")));

    [Fact]
    public void Links_of_tables_references_and_outputs_are_links_too()
    {
        var notebook = Fixture.Notebook("# t\n\n| [c](03-x.ipynb) |\n|---|\n| [d](04-y.ipynb) |\n\n[e][r] [f][s] [r][] [s]\n\n[r]: 03-x.ipynb\n[s]: 04-y.ipynb", "1");
        notebook.Cells[1].Outputs.Add((JsonNode)new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { ["text/html"] = "<td>$5</td><td><a href=\"03-x.ipynb\">g</a> $6 <a href=03-y.ipynb>h</a> <a href=\"#Own\">i</a><i id=\"Own\"></i></td>" },
        });
        string html = HtmlExport.ToHtml(notebook, "x", Together("03-x"));
        Assert.Contains("<th><a href=\"03-x.html\">c</a></th>", html);
        Assert.Contains("<td>d</td>", html);
        Assert.Contains("<p><a href=\"03-x.html\">e</a> f <a href=\"03-x.html\">r</a> s</p>", html);
        Assert.Contains("<a href=\"03-x.html\">g</a> $6 <a>h</a> <a href=\"#Own\">i</a>", html);
    }

    [Theory]
    [InlineData("[a](#The-Title)", "<a href=\"#the-title\">a</a>")]
    [InlineData("<a href=\"#The-Title\">a</a>", "<a href=\"#the-title\">a</a>")]
    [InlineData("[a](#The%20Title)", "<a href=\"#the-title\">a</a>")]
    [InlineData("[a](#Part-1) <i id='Part-1'></i>", "<a href=\"#Part-1\">a</a> <i id='Part-1'></i>")]
    public void Places_on_the_same_page_are_found_as_Jupyter_names_them(string markdown, string expected) => Assert.Equal(expected, Html(markdown, new()));

    [Theory]
    [InlineData("[a *b*](03-x.ipynb#The-Heading 'T')", "[a *b*](03-x.html#the-heading 'T')")]
    [InlineData("[a](<03-x.ipynb>) c", "[a](<03-x.html>) c")]
    [InlineData("[a *b*](04-y.ipynb 'T') c", "a *b* c")]
    [InlineData("[a](<04-y.ipynb>), [b][]\n\n[b]: 04-y.ipynb", "a, b\n\n[b]: 04-y.ipynb")]
    [InlineData("[a \\[1\\]][r] [b][s] [r] [s]\n\n[r]: 03-x.ipynb\n[s]: 04-y.ipynb", "[a \\[1\\]][r] b [r] s\n\n[r]: 03-x.html\n[s]: 04-y.ipynb")]
    [InlineData("- [1. Begin](04-y.ipynb)\n- [# two](04-y.ipynb)\n\n[- three](04-y.ipynb)", "- 1\\. Begin\n- \\# two\n\n\\- three")]
    [InlineData("| [c](03-x.ipynb) |\n|---|\n| [d](04-y.ipynb) |", "| [c](03-x.html) |\n|---|\n| d |")]
    [InlineData("a <a href='03-x.ipynb'>b</a> <a href='04-y.ipynb'>c</a>", "a <a href=\"03-x.html\">b</a> <a>c</a>")]
    [InlineData("[![p](q.png)](04-y.ipynb) [![p](q.png)](03-x.ipynb)", "![p](q.png) [![p](q.png)](03-x.html)")]
    [InlineData("`[a](04-y.ipynb)` [far](https://example.org/a.ipynb)", "`[a](04-y.ipynb)` [far](https://example.org/a.ipynb)")]
    public void Markdown_is_changed_where_its_links_are(string markdown, string expected)
    {
        var notebook = Fixture.Notebook("# t\n" + markdown);
        string text = MarkdownExport.Write(notebook, new PublishedAssets(name => name), new MarkdownFlavor(), new(notebook, Together("03-x")));
        Assert.Equal($"# t\n{expected}\n", text);
    }

    [Fact]
    public void A_post_links_to_posts()
    {
        string site = Fixture.TemporaryFolder();
        var (date, target) = (new DateOnly(2026, 3, 1), Fixture.Notebook("# Other"));
        var notebook = Fixture.Notebook("# t\n[a](03%20x.ipynb#Other) [b](04.ipynb) <a href='03%20x.ipynb'>c</a>");
        string post = JekyllExport.Save(notebook, site, "t", date, [],
            new() { Folder = Folder, Together = [new($"{Folder}/03 x.ipynb", target, JekyllExport.AddressOf("03 x", date))] });
        const string address = "{{ site.posts | where: 'path', '_posts/2026-03-01-03-x.md' | map: 'url' | first | relative_url }}";
        Assert.EndsWith($"\n[a]({address}#other) b <a href=\"{address}\">c</a>\n", File.ReadAllText(post));
        Assert.Equal("_posts/2026-03-01-03-x.md", Path.GetRelativePath(site, JekyllExport.Save(target, site, "03 x", date, [])));
        Directory.Delete(site, recursive: true);
    }
}
