using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Tests;

public sealed class MarkdownExportTests : IDisposable
{
    private const string Png = "iVBORw0KGgo=";

    private readonly string _folder = Fixture.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Publish(Notebook notebook, bool foldCode = false)
    {
        MarkdownExport.Save(notebook, Path.Combine(_folder, "a b.md"), new() { Folder = Fixture.PathOf(""), FoldCode = foldCode });
        return File.ReadAllText(Path.Combine(_folder, "a b.md"));
    }

    private string Jekyll(Notebook notebook) => File.ReadAllText(
        JekyllExport.Save(notebook, _folder, "Übung 03: Style", new DateOnly(2026, 3, 1), ["style", "c#"], new() { Folder = Fixture.PathOf("") }));

    private static Notebook With(string code, params (string Type, string Content)[] data)
    {
        var notebook = Fixture.Notebook(code);
        var content = new JsonObject();
        foreach (var (type, text) in data)
            content[type] = text;
        notebook.Cells[0].Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "display_data", ["data"] = content });
        return notebook;
    }

    [Fact]
    public void Text_code_and_pictures_become_a_file_and_a_folder()
    {
        var notebook = With("var x = 1;", ("image/png", Png), ("text/plain", "a [picture]\nof something"));
        notebook.Insert(0, CellKind.Markdown, "# Title\n\nIt costs $c$.");
        Assert.Equal("# Title\n\nIt costs $c$.\n\n```csharp\nvar x = 1;\n```\n\n![a (picture)](a%20b_files/cell-02-1.png)\n", Publish(notebook));
        Assert.Equal(Convert.FromBase64String(Png), File.ReadAllBytes(Path.Combine(_folder, "a b_files", "cell-02-1.png")));
    }

    [Fact]
    public void A_picture_is_better_than_html_whose_styles_are_lost()
    {
        (string, string)[] both = [("text/html", "<b>x</b>"), ("image/jpeg", "AAAA"), ("text/plain", "p")];
        Assert.Contains("![p](a%20b_files/cell-01-1.jpg)", Publish(With("x", both)));
        Assert.Contains("<div>\n<b>x</b>\n</div>", Jekyll(With("x", both)));
        Assert.Contains("cell-01-1.gif", Publish(With("x", ("image/gif", "R0lG"), ("text/plain", "p"))));
    }

    [Fact]
    public void Html_is_one_block_and_its_pictures_become_files()
    {
        string text = Publish(With("x", ("text/html", $"<p>\n\n    <img src=\"data:image/png;base64,{Png}\">\n<img src='data:image/png;base64,{Png}'></p>")));
        Assert.Contains("<div>\n<p>\n<img src=\"a%20b_files/cell-01-1.png\">\n<img src='a%20b_files/cell-01-1.png'></p>\n</div>", text);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "a b_files")));
    }

    [Fact]
    public void Pictures_of_Markdown_cells_are_copied_and_others_left()
    {
        string text = Publish(Fixture.Notebook("# a\n![rings](rings.png) <img alt='x' src=\"rings.png\"> ![far](https://example.org/a.png) ![gone](gone.png)\n\n```\n![code](rings.png)\n```"));
        Assert.Equal(2, text.Split("(a%20b_files/cell-01-1.png)").Length - 1 + text.Split("src=\"a%20b_files/cell-01-1.png\"").Length - 1);
        Assert.Contains("![far](https://example.org/a.png) ![gone](gone.png)", text);
        Assert.Contains("![code](rings.png)", text);
        Assert.Equal(File.ReadAllBytes(Fixture.PathOf("rings.png")), File.ReadAllBytes(Path.Combine(_folder, "a b_files", "cell-01-1.png")));
    }

    [Theory]
    [InlineData("remove-cell", false, false, false)]
    [InlineData("remove-input", false, true, false)]
    [InlineData("remove-output", true, false, false)]
    [InlineData("hide-input", true, true, true)]
    public void Tags_hide_a_cell_its_code_or_its_outputs(string tag, bool hasCode, bool hasOutput, bool isFolded)
    {
        var notebook = With("// the code", ("text/plain", "the output"));
        notebook.Cells[0].Metadata["tags"] = new JsonArray(tag);
        string text = Publish(notebook);
        Assert.Equal((hasCode, hasOutput, isFolded), (text.Contains("// the code"), text.Contains("the output"), text.Contains("<details")));
        Assert.Equal(hasCode, Publish(notebook, foldCode: true).Contains("<summary>Code</summary>"));
    }

    [Fact]
    public void Fences_are_longer_than_those_in_the_text()
    {
        var notebook = Fixture.Notebook("var s = \"```\";");
        notebook.Cells[0].Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "\u001b[31mred\u001b[0m\n" });
        Assert.Equal("````csharp\nvar s = \"```\";\n````\n\n```text\nred\n```\n", Publish(notebook));
    }

    [Fact]
    public void A_post_has_front_matter_and_no_second_title()
    {
        var notebook = With("x", ("image/png", Png), ("text/plain", "p"));
        notebook.Insert(0, CellKind.Markdown, "# A \"title\"\n\nText.");
        string text = Jekyll(notebook);
        Assert.StartsWith("---\nlayout: post\ntitle: \"A \\\"title\\\"\"\ndate: 2026-03-01\ncategories: [\"style\", \"c#\"]\n---\n\nText.\n", text);
        Assert.DoesNotContain("# A", text);
        Assert.Contains("![p]({{ \"/assets/bung-03-style/cell-02-1.png\" | relative_url }})", text);
        Assert.True(File.Exists(Path.Combine(_folder, "_posts", "2026-03-01-bung-03-style.md")));
        Assert.True(File.Exists(Path.Combine(_folder, "assets", "bung-03-style", "cell-02-1.png")));
    }

    [Fact]
    public void A_post_has_MathML_and_nothing_for_Liquid()
    {
        string text = Jekyll(Fixture.Notebook("# t\n\n$x$ costs \\$5, `$y$` and\n\n$$\\frac{{a}}{b}$$\n\n{{ site.time }} {% tag %}", "var s = $\"{{x}}\";"));
        Assert.Contains("<math display=\"inline\"><mrow><mi>x</mi></mrow></math> costs \\$5, `$y$` and", text);
        Assert.Contains("<mfrac>", text);
        Assert.Contains("{{ \"{{\" }} site.time }} {{ \"{%\" }} tag %}", text);
        Assert.Contains("var s = $\"{{ \"{{\" }}x}}\";", text);
        Assert.DoesNotContain("{{ \"{{\" }}a", text);
    }

    [Theory]
    [InlineData("It costs $5.\n\nIn $x$ units", "It costs $5.\n\nIn <x> units")]
    [InlineData("`a $b$` $c$ ``d ` $e$``", "`a $b$` <c> ``d ` $e$``")]
    [InlineData("```\n$a$\n```\n$b$", "```\n$a$\n```\n<b>")]
    [InlineData("~~~\n$a$", "~~~\n$a$")]
    [InlineData("$$\na\nb$$ and $c\nd$", "<<\na\nb>> and <c\nd>")]
    [InlineData("\\$a$b$", "\\$a<b>")]
    [InlineData("` $a$ and `` $b$", "` <a> and `` <b>")]
    [InlineData("$1 and $2", "$1 and $2")]
    public void Formulas_are_told_from_code_and_money(string markdown, string expected) =>
        Assert.Equal(expected, MarkdownRewriting.Rewrite(markdown, (_, latex, display) => display ? $"<<{latex}>>" : $"<{latex}>", address => address, address => address));

    [Theory]
    [InlineData("![a][p] ![b][p]\n\n[p]: q.png", "![a][p] ![b][p]\n\n[p]: at:q.png")]
    [InlineData("![a](<q r.png> 'T')", "![a](<at:q r.png> 'T')")]
    [InlineData("> - <img alt='$' src='q.png'>", "> - <img alt='$' src='at:q.png'>")]
    [InlineData("😀 ![a](q.png)", "😀 ![a](at:q.png)")]
    [InlineData("    ![a](q.png)", "    ![a](q.png)")]
    public void Only_addresses_of_pictures_change(string markdown, string expected) =>
        Assert.Equal(expected, MarkdownRewriting.Rewrite(markdown, (source, _, _) => source, address => "at:" + address, address => address));

    [Fact]
    public void A_picture_that_is_none_is_text()
    {
        var notebook = With("1", ("image/png", "no base64!"), ("text/plain", "a picture"));
        notebook.Insert(0, CellKind.Markdown, "![x](attachment:a.png)").Json["attachments"] = new JsonArray(1);
        Assert.Contains("```text\na picture\n```", Publish(notebook));
        Assert.Contains("![x](attachment:a.png)", Jekyll(notebook));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_one_sentence()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Assert.Contains(" cannot be written: ", Assert.Throws<NotebookException>(
            () => MarkdownExport.Save(Fixture.Notebook("x"), Path.Combine(_folder, "file", "a.md"))).Message);
    }
}
