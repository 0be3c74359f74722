using StyleLab.Cli.Parsing;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class PublishTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public PublishTests()
    {
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Markdown, "# The title");
        notebook.Insert(1, CellKind.Code, "6 * 7");
        notebook.Save(_stylelab.At("a.ipynb"));
    }

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task An_executed_notebook_becomes_a_page_and_a_post()
    {
        (await _stylelab.RunAsync("run a.ipynb")).Succeeds();

        var page = (await _stylelab.RunAsync("publish out/a.ipynb --fold-code")).Succeeds();
        Assert.Equal(("a.html\n", ""), (page.Output, page.Error));
        Assert.Contains("<pre class=\"result\">42</pre>", File.ReadAllText(_stylelab.At("a.html")));
        Assert.Contains(">Show code</button>", File.ReadAllText(_stylelab.At("a.html")));

        var post = (await _stylelab.RunAsync("publish out/a.ipynb --to jekyll -o site --date 2026-03-01 --categories x,y")).Succeeds();
        Assert.Equal("site/_posts/2026-03-01-a.md\n", post.Output);
        Assert.Contains("categories: [\"x\", \"y\"]", File.ReadAllText(_stylelab.At("site/_posts/2026-03-01-a.md")));
    }

    [Fact]
    public async Task Scripts_of_a_notebook_are_named_and_taken_out_on_request()
    {
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Markdown, "<p onclick=\"x()\">text</p><script>y()</script>");
        notebook.Save(_stylelab.At("scripts.ipynb"));

        var page = (await _stylelab.RunAsync("publish scripts.ipynb")).Succeeds();
        Assert.Equal("The page runs 1 script and 1 handler of the notebook in its reader's browser; for a notebook that you do not know, stylelab publish --sanitize takes them out.\n", page.Error);
        Assert.Contains("<p onclick=\"x()\">text</p><script>y()</script>", File.ReadAllText(_stylelab.At("scripts.html")));
        Assert.Equal("", (await _stylelab.RunAsync("publish scripts.ipynb --sanitize")).Succeeds().Error);
        Assert.DoesNotContain("y()", File.ReadAllText(_stylelab.At("scripts.html")));
        Assert.Contains("<p>text</p>", File.ReadAllText(_stylelab.At("scripts.html")));
    }

    [Theory]
    [InlineData("../content.png", "../content.png")]
    [InlineData("sub/link.png", "sub/link.png")]
    [InlineData("door/content.png", "door/content.png")]
    [InlineData("ABSOLUTE", "ABSOLUTE")]
    [InlineData("..%2fcontent.png", "..%2fcontent.png")]
    public async Task Pictures_outside_of_the_folder_are_taken_in_on_request(string address, string named)
    {
        Directory.CreateDirectory(_stylelab.At("nb/sub"));
        File.CreateSymbolicLink(_stylelab.At("nb/sub/link.png"), _stylelab.At("content.png"));
        Directory.CreateSymbolicLink(_stylelab.At("nb/door"), _stylelab.Folder);
        File.Copy(_stylelab.At("style.png"), _stylelab.At("nb/sub/own.png"));
        (address, named) = (address.Replace("ABSOLUTE", _stylelab.At("content.png")), named.Replace("ABSOLUTE", _stylelab.At("content.png")));
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Markdown, $"![a]({address}) ![b](sub/own.png) <img src=\"{address}\">");
        notebook.Save(_stylelab.At("nb/b.ipynb"));

        foreach (string format in new[] { "--to html -o x.html", "--to markdown -o x/b.md", "--to jekyll -o site" })
        {
            string sentence = $"{named} is outside of the notebook's folder and was not taken in; stylelab publish --allow-outside takes in what lies elsewhere.\n";
            Assert.Equal(sentence, (await _stylelab.RunAsync($"publish nb/b.ipynb {format}")).Succeeds().Error);
        }

        Assert.Single(Directory.GetFiles(_stylelab.At("x/b_files")));
        Assert.Equal(2, File.ReadAllText(_stylelab.At("x.html")).Split("data:image/png").Length);
        Assert.Equal("", (await _stylelab.RunAsync("publish nb/b.ipynb -o x.html --allow-outside")).Succeeds().Error);
        Assert.Equal(4, File.ReadAllText(_stylelab.At("x.html")).Split("data:image/png").Length);
        await _stylelab.RunAsync("publish nb/b.ipynb --to markdown -o x/b.md --allow-outside");
        Assert.Equal(2, Directory.GetFiles(_stylelab.At("x/b_files")).Length);
    }

    [Fact]
    public async Task A_pipe_for_a_picture_is_not_waited_for()
    {
        (await _stylelab.ShellAsync("--version", "", "mkfifo pipe.png")).Succeeds();
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Markdown, "![a](pipe.png)");
        notebook.Save(_stylelab.At("pipe.ipynb"));
        Assert.Equal("pipe.png is not among the files that can be taken in; a link stands where it would be seen.\n", (await _stylelab.RunAsync("publish pipe.ipynb")).Succeeds().Error);
    }

    [Fact]
    public async Task A_notebook_without_outputs_is_published_with_a_word()
    {
        var outcome = (await _stylelab.RunAsync("publish a.ipynb --to markdown -o md/b.md")).Succeeds();
        Assert.Equal("md/b.md\n", outcome.Output);
        Assert.Contains("execute it first with stylelab run.", outcome.Error);
        Assert.Equal("# The title\n\n```csharp\n6 * 7\n```\n", File.ReadAllText(_stylelab.At("md/b.md")));
    }

    [Fact]
    public async Task A_folder_becomes_pages_that_lead_to_each_other_and_a_gallery_that_leads_to_all()
    {
        Write("nb/1 one.ipynb", "# One\n\nThe first of two notebooks that belong together. See [two](2.ipynb#Its-end) and [none](3.ipynb).");
        Write("nb/2.ipynb", "# Two\n\n![a picture](picture.png)\n\n## Its end");
        Picture.Noise(1600, 900, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.1).Save(_stylelab.At("nb/picture.png"));
        File.WriteAllText(_stylelab.At("nb/3.ipynb"), "{");

        var outcome = await _stylelab.RunAsync("publish nb -o site --title Both");
        Assert.Equal((1, "site/1 one.html\nsite/2.html\nsite/index.html\n"), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("3.ipynb is not a notebook", outcome.Error);
        string one = File.ReadAllText(_stylelab.At("site/1 one.html")), index = File.ReadAllText(_stylelab.At("site/index.html"));
        Assert.Contains("See <a href=\"2.html#its-end\">two</a> and none.", one);
        Assert.Contains("<a href=\"index.html\">← All notebooks</a>", one);
        Assert.Contains("<title>Both</title>", index);
        Assert.Contains("<a href=\"1%20one.html\">", index);
        // Shown twice as fine as it is wide, and no finer.
        byte[] shown = Convert.FromBase64String(System.Text.RegularExpressions.Regex.Match(index, "data:image/jpeg;base64,([^\"]*)").Groups[1].Value);
        Assert.Equal((720, 540), (Picture.Decode(shown).Width, Picture.Decode(shown).Height));

        File.Delete(_stylelab.At("nb/3.ipynb"));
        (await _stylelab.RunAsync("publish nb -o site")).Succeeds();
        File.WriteAllText(_stylelab.At("site/index.html"), "my own page");
        (await _stylelab.RunAsync("publish nb -o site")).FailsWith(2, "site/index.html is there already and is no gallery of stylelab: give the gallery another name");
        Assert.Equal("my own page", File.ReadAllText(_stylelab.At("site/index.html")));
        (await _stylelab.RunAsync("publish nb -o site --gallery all.html")).Succeeds();
        Assert.Contains("<a href=\"all.html\">← All notebooks</a>", File.ReadAllText(_stylelab.At("site/2.html")));
    }

    [Fact]
    public async Task A_folder_becomes_posts_files_and_pdfs_too()
    {
        Write("nb/a.ipynb", "# A\n\n[b](b.ipynb)");
        Write("nb/b.ipynb", "# B\n\n[a](a.ipynb)");
        var posts = (await _stylelab.RunAsync("publish nb --to jekyll -o blog --date 2026-03-01")).Succeeds();
        Assert.Equal("blog/_posts/2026-03-01-a.md\nblog/_posts/2026-03-01-b.md\nblog/gallery.html\n", posts.Output);
        Assert.Contains("[b]({{ site.posts | where: 'path', '_posts/2026-03-01-b.md' | map: 'url' | first | relative_url }})", File.ReadAllText(_stylelab.At("blog/_posts/2026-03-01-a.md")));
        var files = (await _stylelab.RunAsync("publish nb/a.ipynb nb/b.ipynb --to markdown -o text")).Succeeds();
        Assert.Equal("text/a.md\ntext/b.md\n", files.Output);
        Assert.Equal("# A\n\n[b](b.md)\n", File.ReadAllText(_stylelab.At("text/a.md")));
        Assert.Equal("a.md\n", (await _stylelab.RunAsync("publish nb/a.ipynb --to markdown")).Succeeds().Output);
        Assert.Equal("# A\n\nb\n", File.ReadAllText(_stylelab.At("a.md")));
    }

    [Fact]
    public async Task An_index_of_the_author_stays_the_index()
    {
        Write("nb/index.ipynb", "# Begin here");
        Write("nb/b.ipynb", "# B");
        var outcome = (await _stylelab.RunAsync("publish nb")).Succeeds();
        Assert.Equal(("b.html\nindex.html\n", "nb/index.ipynb is the index of this folder; --gallery gallery.html makes a gallery beside it.\n"), (outcome.Output, outcome.Error));
        Assert.Contains("Begin here", File.ReadAllText(_stylelab.At("index.html")));
    }

    [Fact]
    public async Task Pages_of_a_run_lead_to_each_other()
    {
        Write("nb/a.ipynb", "# A\n\n[b](b.ipynb) [c](c.ipynb)");
        Write("nb/b.ipynb", "# B");
        (await _stylelab.RunAsync("run nb --html")).Succeeds();
        Assert.Contains("<a href=\"b.html\">b</a> c</p>", File.ReadAllText(_stylelab.At("out/a.html")));
    }

    [Fact]
    public async Task A_browser_prints_a_pdf_and_without_one_a_sentence_says_what_to_install()
    {
        (await _stylelab.RunAsync("run a.ipynb")).Succeeds();
        var outcome = await _stylelab.RunAsync("publish out/a.ipynb --to pdf -o b.pdf");
        if (outcome.ExitCode == 0)
        {
            Assert.Equal("b.pdf\n", outcome.Output);
            Assert.Equal("%PDF-", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(_stylelab.At("b.pdf")), 0, 5));
            Assert.InRange(new FileInfo(_stylelab.At("b.pdf")).Length, 3_000, 1_000_000);
            return;
        }

        Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
        outcome.FailsWith(1, "A PDF is printed by a browser, and none was found: install Chromium or Google Chrome");
    }

    [Theory]
    [InlineData("publish none.ipynb", 2, "none.ipynb does not exist")]
    [InlineData("publish content.png", 2, "publish takes an .ipynb file, got 'content.png'")]
    [InlineData("publish a.ipynb --to docx", 2, "--to takes html or markdown or jekyll or pdf, got 'docx'.")]
    [InlineData("publish a.ipynb --date 2026-03-01", 2, "--date and --categories are for --to jekyll")]
    [InlineData("publish a.ipynb --to jekyll --date 1.3.26", 2, "--date takes a day such as 2026-03-01, got '1.3.26'.")]
    [InlineData("publish a.ipynb --to markdown --sanitize", 2, "--sanitize is for --to html and --to pdf: of markdown, other programs make a page")]
    [InlineData("publish a.ipynb --to jekyll --sanitize", 2, "--sanitize is for --to html and --to pdf: of jekyll, other programs make a page")]
    [InlineData("publish a.ipynb -o a.ipynb", 2, "would replace the notebook")]
    [InlineData("publish a.ipynb -o .", 2, "is a folder")]
    [InlineData("publish a.ipynb -o content.png/x.html", 1, "content.png/x.html cannot be written: the folder")]
    [InlineData("publish a.ipynb --gallery all.html", 2, "--gallery and --title are for several notebooks")]
    [InlineData("publish a.ipynb a.ipynb --to markdown --title x", 2, "--gallery and --title are for several notebooks")]
    [InlineData("publish one --gallery ../all.html", 2, "--gallery takes the name of a page in the folder, such as gallery.html, got '../all.html'.")]
    [InlineData("publish one --gallery a.html", 2, "a.html is the page of one/a.ipynb: give the gallery another name.")]
    [InlineData("publish . -o all.html", 2, "Several notebooks go into a folder: give its path after -o, got all.html.")]
    [InlineData("publish a.ipynb a.ipynb -o x", 2, "a.ipynb and a.ipynb would be one page: rename one")]
    [InlineData("publish empty", 2, "The folder empty holds no .ipynb files.")]
    [InlineData("publish broken.ipynb", 1, "broken.ipynb is not a notebook")]
    public async Task What_cannot_be_published_gets_one_sentence(string call, int exitCode, string expected)
    {
        File.WriteAllText(_stylelab.At("broken.ipynb"), "{");
        Directory.CreateDirectory(_stylelab.At("empty"));
        Directory.CreateDirectory(_stylelab.At("one"));
        File.Copy(_stylelab.At("a.ipynb"), _stylelab.At("one/a.ipynb"));
        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
    }

    private void Write(string path, string markdown)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_stylelab.At(path))!);
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Markdown, markdown);
        notebook.Save(_stylelab.At(path));
    }
}
