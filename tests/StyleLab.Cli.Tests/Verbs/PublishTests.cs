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
    public async Task A_notebook_without_outputs_is_published_with_a_word()
    {
        var outcome = (await _stylelab.RunAsync("publish a.ipynb --to markdown -o md/b.md")).Succeeds();
        Assert.Equal("md/b.md\n", outcome.Output);
        Assert.Contains("execute it first with stylelab run.", outcome.Error);
        Assert.Equal("# The title\n\n```csharp\n6 * 7\n```\n", File.ReadAllText(_stylelab.At("md/b.md")));
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
    [InlineData("publish a.ipynb -o a.ipynb", 2, "would replace the notebook")]
    [InlineData("publish a.ipynb -o .", 2, "is a folder")]
    [InlineData("publish a.ipynb -o content.png/x.html", 1, "content.png/x.html cannot be written: the folder")]
    [InlineData("publish broken.ipynb", 1, "broken.ipynb is not a notebook")]
    public async Task What_cannot_be_published_gets_one_sentence(string call, int exitCode, string expected)
    {
        File.WriteAllText(_stylelab.At("broken.ipynb"), "{");
        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
    }
}
