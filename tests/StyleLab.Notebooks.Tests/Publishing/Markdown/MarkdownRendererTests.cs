namespace StyleLab.Notebooks.Tests;

public sealed class MarkdownRendererTests
{
    [Theory]
    [InlineData("# A *b* `c`", "<h1 id=\"a-b-c\">A <em>b</em> <code>c</code></h1>")]
    [InlineData("Title\n=====", "<h1 id=\"title\">Title</h1>")]
    [InlineData("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>")]
    [InlineData("**a** __b__ ***c*** ~~d~~ snake_case_name 2*3*4", "<p><strong>a</strong> <strong>b</strong> <em><strong>c</strong></em> <del>d</del> snake_case_name 2<em>3</em>4</p>")]
    [InlineData("a \\*b\\* < 3 & 4 &amp; 5", "<p>a *b* &lt; 3 &amp; 4 &amp; 5</p>")]
    [InlineData("two  \nlines", "<p>two<br />\nlines</p>")]
    [InlineData("[text **b**](http://x/?a=1&b=2 \"title\")", "<p><a href=\"http://x/?a=1&amp;b=2\" title=\"title\">text <strong>b</strong></a></p>")]
    [InlineData("see http://example.org/a_b_c.", "<p>see <a href=\"http://example.org/a_b_c\">http://example.org/a_b_c</a>.</p>")]
    [InlineData("![a picture](dir/p.png)", "<p><img src=\"at:dir/p.png\" alt=\"a picture\" /></p>")]
    [InlineData("<img width=\"5\" src=\"p.png\">", "<img width=\"5\" src=\"at:p.png\">")]
    [InlineData("> quote\n> more\n\nafter", "<blockquote>\n<p>quote\nmore</p>\n</blockquote>\n<p>after</p>")]
    [InlineData("---", "<hr />")]
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
            "<ol start=\"3\">\n<li>three\n<ul>\n<li>a</li>\n<li>b\nstill b</li>\n</ul>\n</li>\n<li>four</li>\n</ol>\n",
            Render("3. three\n   - a\n   - b\n     still b\n4. four"));

    [Fact]
    public void A_list_with_blank_lines_has_paragraphs() =>
        Assert.Equal("<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n<p>more b</p>\n</li>\n</ul>\n<p>end</p>\n", Render("- a\n\n- b\n\n  more b\n\nend"));

    [Fact]
    public void A_table_has_aligned_columns_and_bars_in_code_do_not_split() =>
        Assert.Equal(
            "<table>\n<thead>\n<tr>\n<th style=\"text-align: left;\">a</th>\n<th style=\"text-align: right;\">b</th>\n</tr>\n</thead>\n<tbody>\n" +
            "<tr>\n<td style=\"text-align: left;\"><code>x|y</code></td>\n<td style=\"text-align: right;\">p|q</td>\n</tr>\n" +
            "<tr>\n<td style=\"text-align: left;\">1</td>\n<td style=\"text-align: right;\"></td>\n</tr>\n</tbody>\n</table>\n",
            Render("| a | b |\n|:--|--:|\n| `x|y` | p\\|q |\n| 1 |"));

    [Fact]
    public void Formulas_stand_in_lines_and_alone()
    {
        Assert.Contains("<p>Let <math display=\"inline\">", Render("Let $x_i$ be"));
        Assert.Contains("<p>both <math display=\"block\">", Render("both $$x$$ here"));
        Assert.Equal("<div class=\"formula\">" + MathMl.Convert("a\n+ b", true) + "</div>\n<p>after</p>\n", Render("$$\na\n+ b\n$$\nafter"));
    }

    [Theory]
    [InlineData("Good! 😀 and 𝑥", "<p>Good! 😀 and 𝑥</p>")]
    [InlineData("[a][1] and [b]\n\n[1]: http://x.org \"T\"\n[b]: y.html", "<p><a href=\"http://x.org\" title=\"T\">a</a> and <a href=\"y.html\">b</a></p>")]
    [InlineData("![a][p]\n\n[p]: <a b.png>", "<p><img src=\"at:a%20b.png\" alt=\"a\" /></p>")]
    [InlineData("<!--NAV-->\n**after**\n\n**next**", "<!--NAV-->\n<p><strong>after</strong></p>\n<p><strong>next</strong></p>")]
    [InlineData("a <!-- b --> *c*", "<p>a <!-- b --> <em>c</em></p>")]
    [InlineData("* a\n\n      code\n* b", "<ul>\n<li><p>a</p>\n<pre><code>code</code></pre>\n</li>\n<li><p>b</p>\n</li>\n</ul>")]
    [InlineData("- a\n  1. b\n     - c\n- d", "<ul>\n<li>a\n<ol>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n</li>\n<li>d</li>\n</ul>")]
    [InlineData("***word* more**", "<p><strong><em>word</em> more</strong></p>")]
    [InlineData("~~gone~~ www.x.org", "<p><del>gone</del> <a href=\"http://www.x.org\">www.x.org</a></p>")]
    [InlineData("[a\\*b](<c d> 'e')", "<p><a href=\"c%20d\" title=\"e\">a*b</a></p>")]
    [InlineData("<div>\n<img alt='x' src='p.png'>\n</div>", "<div>\n<img alt='x' src='at:p.png'>\n</div>")]
    public void What_CommonMark_and_GitHub_say_is_so(string markdown, string expected) => Assert.Equal(expected, Render(markdown).TrimEnd('\n'));

    [Fact]
    public void Tasks_have_boxes_and_notes_have_links_of_their_own()
    {
        Assert.Contains("type=\"checkbox\" checked=\"checked\" /> done", Render("- [x] done\n- [ ] open"));
        var page = new Headings();
        string first = new MarkdownRenderer(address => address, page).ToHtml("a[^1]\n\n[^1]: one"), second = new MarkdownRenderer(address => address, page).ToHtml("b[^n]\n\n[^n]: two");
        Assert.Contains("<a href=\"#note-1\">1</a>", first);
        Assert.Contains("<li id=\"note-1\">", first);
        Assert.Contains("<a href=\"#note-2-1\">1</a>", second);
        Assert.Contains("<li id=\"note-2-1\">", second);
    }

    [Theory]
    [InlineData("1/4$^{th}$", "1/4", "^{th}", false)]
    [InlineData("$ \\begin{matrix} 1 \\end{matrix} $", "", " \\begin{matrix} 1 \\end{matrix} ", false)]
    [InlineData("is \\begin{align} a &= b \\end{align} so", "is ", "\\begin{align} a &= b \\end{align}", true)]
    [InlineData("so \\\\(a*b*c\\\\)", "so ", "a*b*c", false)]
    [InlineData("a $x\n- y$ b", null, "x", false)]
    [InlineData("**$a*b$**", "<strong>", "a*b", false)]
    [InlineData("$a \\$ b$", "", "a \\$ b", false)]
    [InlineData("costs $ 5 and $ 10", null, " 5 and ", false)]
    [InlineData("<b>$x$</b>", "<b>", "x", false)]
    public void Formulas_are_found_as_Jupyter_finds_them(string markdown, string? before, string latex, bool display)
    {
        string html = Render(markdown);
        if (before == null)
            Assert.DoesNotContain("<math", html);
        else
            Assert.Contains(before + MathMl.Convert(latex, display), html);
    }

    [Theory]
    [InlineData("$$\n- a\n+ b\n# c\n$$", "\n- a\n+ b\n# c\n")]
    [InlineData("\\begin{align}\n= b\n\\end{align}", "\\begin{align}\n= b\n\\end{align}")]
    [InlineData("> $$\n> - a\n> $$", "\n- a\n")]
    [InlineData("1. x\n\n   $$\n   - a\n   $$", "\n- a\n")]
    [InlineData("<div>\n$$y$$\n</div>", "y")]
    public void Nothing_in_a_formula_is_Markdown(string markdown, string latex) => Assert.Contains(MathMl.Convert(latex, display: true), Render(markdown));

    // Each is far from linear, or fatal, in some reader of Markdown.
    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("*a ")]
    [InlineData("*a **b ~~c _d ")]
    [InlineData("`")]
    [InlineData("`a ``b ")]
    [InlineData("$")]
    [InlineData("$a ")]
    [InlineData("$$a\n")]
    [InlineData("\\begin{a}\n")]
    [InlineData("\\\\(")]
    [InlineData("<")]
    [InlineData("<a b='")]
    [InlineData("<img src='$")]
    [InlineData("<!A ")]
    [InlineData("<![CDATA[")]
    [InlineData("<div>")]
    [InlineData("[a]: b\n")]
    [InlineData("[^1] ")]
    [InlineData("a|")]
    [InlineData("${")]
    public void Nothing_takes_long_or_ends_the_page(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 20_000));
        // Of this process, since others may keep the machine busy.
        var before = Environment.CpuUsage.TotalTime;
        string html = Render(text) + Render(text + "\n\n" + text) + MarkdownRewriting.Rewrite(text, (source, _, _) => source, address => address, address => address);
        Assert.NotEqual("", html);
        var taken = Environment.CpuUsage.TotalTime - before;
        Assert.True(taken < TimeSpan.FromSeconds(60), $"It took {taken}.");
    }

    [Fact]
    public void Badges_without_a_closing_bracket_are_shown()
    {
        string text = "[note: " + string.Concat(Enumerable.Range(0, 30).Select(i => $"![badge {i}](b{i}.svg) "));
        Assert.Equal(30, Render(text).Split("<img src=\"at:b").Length - 1);
        Assert.Equal(30, MarkdownRewriting.Rewrite(text, (source, _, _) => source, address => "at:" + address, address => address).Split("](at:b").Length - 1);
    }

    [Fact]
    public void Deep_lists_over_many_lines_are_shown() =>
        Assert.Contains("- a", Render(string.Join('\n', Enumerable.Range(0, 1000).Select(i => new string(' ', 2 * i) + "- a"))));

    private static string Render(string markdown) => new MarkdownRenderer(address => $"at:{address}").ToHtml(markdown);
}
