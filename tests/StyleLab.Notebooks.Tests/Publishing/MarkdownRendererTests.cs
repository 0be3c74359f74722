namespace StyleLab.Notebooks.Tests;

public sealed class MarkdownRendererTests
{
    [Theory]
    [InlineData("# A *b* `c`", "<h1 id=\"a-b-c\">A <em>b</em> <code>c</code></h1>")]
    [InlineData("Title\n=====", "<h1 id=\"title\">Title</h1>")]
    [InlineData("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>")]
    [InlineData("**a** __b__ ***c*** ~~d~~ snake_case_name 2*3*4", "<p><strong>a</strong> <strong>b</strong> <em><strong>c</strong></em> <del>d</del> snake_case_name 2<em>3</em>4</p>")]
    [InlineData("a \\*b\\* < 3 & 4 &amp; 5", "<p>a *b* &lt; 3 &amp; 4 &amp; 5</p>")]
    [InlineData("two  \nlines", "<p>two<br>\nlines</p>")]
    [InlineData("[text **b**](http://x/?a=1&b=2 \"title\")", "<p><a href=\"http://x/?a=1&amp;b=2\" title=\"title\">text <strong>b</strong></a></p>")]
    [InlineData("see http://example.org/a_b_c.", "<p>see <a href=\"http://example.org/a_b_c\">http://example.org/a_b_c</a>.</p>")]
    [InlineData("![a picture](dir/p.png)", "<p><img src=\"[dir/p.png]\" alt=\"a picture\"></p>")]
    [InlineData("<img width=\"5\" src=\"p.png\">", "<p><img width=\"5\" src=\"[p.png]\"></p>")]
    [InlineData("> quote\n> more\n\nafter", "<blockquote>\n<p>quote\nmore</p>\n</blockquote>\n<p>after</p>")]
    [InlineData("---", "<hr>")]
    [InlineData("```\na < b\n```", "<pre><code>a &lt; b</code></pre>")]
    [InlineData("~~~python\nx = 1\n\ny\n~~~\nafter", "<pre><code>x = 1\n\ny</code></pre>\n<p>after</p>")]
    [InlineData("```cs\nvar x", "<pre><code><span class=\"keyword\">var</span> x</code></pre>")]
    [InlineData("<div class=\"x\">\n<b>raw</b>\n</div>", "<div class=\"x\">\n<b>raw</b>\n</div>")]
    [InlineData("`a $b$ *c*` costs 5$ and 10$", "<p><code>a $b$ *c*</code> costs 5$ and 10$</p>")]
    public void Markdown_becomes_html(string markdown, string expected) =>
        Assert.Equal(expected, Render(markdown).TrimEnd('\n'));

    [Fact]
    public void Lists_nest_and_keep_their_numbers() =>
        Assert.Equal(
            "<ol start=\"3\">\n<li>three\n<ul>\n<li>a\n</li>\n<li>b\nstill b\n</li>\n</ul>\n</li>\n<li>four\n</li>\n</ol>\n",
            Render("3. three\n   - a\n   - b\n     still b\n4. four"));

    [Fact]
    public void A_list_with_blank_lines_has_paragraphs() =>
        Assert.Equal("<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n<p>more b</p>\n</li>\n</ul>\n<p>end</p>\n", Render("- a\n\n- b\n\n  more b\n\nend"));

    [Fact]
    public void A_table_has_aligned_columns_and_bars_in_code_do_not_split() =>
        Assert.Equal(
            "<table>\n<thead><tr><th style=\"text-align:left\">a</th><th style=\"text-align:right\">b</th></tr>\n</thead>\n<tbody>\n" +
            "<tr><td style=\"text-align:left\"><code>x|y</code></td><td style=\"text-align:right\">p|q</td></tr>\n" +
            "<tr><td style=\"text-align:left\">1</td><td style=\"text-align:right\"></td></tr>\n</tbody>\n</table>\n",
            Render("| a | b |\n|:--|--:|\n| `x|y` | p\\|q |\n| 1 |"));

    [Fact]
    public void Formulas_stand_in_lines_and_alone()
    {
        Assert.Contains("<p>Let <math display=\"inline\">", Render("Let $x_i$ be"));
        Assert.Contains("<p>both <math display=\"block\">", Render("both $$x$$ here"));
        Assert.Equal("<div class=\"formula\">" + MathMl.Convert("a\n+ b", true) + "</div>\n<p>after</p>\n", Render("$$\na\n+ b\n$$\nafter"));
    }

    private static string Render(string markdown) => new MarkdownRenderer(address => $"[{address}]").ToHtml(markdown);
}
