using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Tests;

public sealed class GalleryTests : IDisposable
{
    private readonly string _folder = Fixture.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Base64(int bytes, byte value) => Convert.ToBase64String([.. Enumerable.Repeat(value, bytes)]);

    private static string DataUri(int bytes, byte value, string type = "image/png") => $"data:{type};base64,{Base64(bytes, value)}";

    private static void Show(NotebookCell cell, string type, string content) => cell.Outputs.Add((JsonNode)new JsonObject
    {
        ["output_type"] = "display_data", ["data"] = new JsonObject { [type] = content, ["text/plain"] = "p" },
    });

    private string Gallery(params Notebook[] notebooks)
    {
        string path = Path.Combine(_folder, "index.html");
        GalleryExport.Save([.. notebooks.Select((notebook, i) => new PublishedNotebook($"{_folder}/n{i}.ipynb", notebook, $"n{i}.html"))], path, new() { Title = "A & B" });
        return File.ReadAllText(path);
    }

    [Fact]
    public void A_card_has_a_picture_a_title_a_sentence_and_a_link()
    {
        var notebook = Fixture.Notebook("# The *title*, $x$", "1", "# \n\n[![badge](b.svg)](https://x.org)\n\nSome [text](a.ipynb) of a *first* sentence that is long enough. And a second.");
        Show(notebook.Cells[1], "image/png", Base64(90, 1));
        string html = Gallery(notebook, Fixture.Notebook("1"));
        Assert.Contains("<title>A &amp; B</title>", html);
        Assert.Contains($"""
            <ul class="stylelab-gallery">
            <li><a href="n0.html">
            <span class="picture"><img src="{DataUri(90, 1)}" alt="" loading="lazy"></span>
            <h2>The <em>title</em>, <math display="inline"><mrow><mi>x</mi></mrow></math></h2>
            <p>Some text of a <em>first</em> sentence that is long enough.</p>
            </a></li>
            <li><a href="n1.html">
            <span class="picture"></span>
            <h2>n1</h2>
            </a></li>
            </ul>
            """, html);
    }

    [Theory]
    [InlineData("Welcome. In the next minute you will paint a photograph. Then rest.", "Welcome. In the next minute you will paint a photograph.")]
    [InlineData("Whether it is so, was asked by Gatys et al. (2015), and by others, e.g. those of fig. 3 there.", "Whether it is so, was asked by Gatys et al. (2015), and by others, e.g. those of fig. 3 there.")]
    [InlineData("How much of a village by a river is left at the fourth layer?\nThis notebook counts.", "How much of a village by a river is left at the fourth layer?")]
    [InlineData("The weights of `relu1_1.weight` and <b>others</b> are **0.5 < 1** of it! No.", "The weights of <code>relu1_1.weight</code> and others are <strong>0.5 &lt; 1</strong> of it!")]
    public void The_sentence_is_the_first_that_says_something(string paragraph, string expected) =>
        Assert.Contains($"<p>{expected}</p>", Gallery(Fixture.Notebook("# t\n\n" + paragraph)));

    [Fact]
    public void A_long_sentence_is_cut_between_words()
    {
        string html = Gallery(Fixture.Notebook("# t\n\n" + string.Concat(Enumerable.Repeat("word ", 100))));
        string sentence = html[(html.IndexOf("<p>", StringComparison.Ordinal) + 3)..html.IndexOf("</p>", StringComparison.Ordinal)];
        Assert.EndsWith(" word…", sentence);
        Assert.InRange(sentence.Length, 200, 245);
    }

    [Fact]
    public void The_last_large_picture_stands_for_a_notebook_unless_a_cell_is_tagged()
    {
        var notebook = Fixture.Notebook("# t\n\n![x](attachment:a.png)", "1", "2", "3");
        notebook.Cells[0].Json["attachments"] = new JsonObject { ["a.png"] = new JsonObject { ["image/png"] = Base64(30, 9) } };
        Assert.Contains(DataUri(30, 9), Gallery(notebook));
        Show(notebook.Cells[3], "image/svg+xml", "<svg/>");
        Assert.Contains("<span class=\"picture drawing\"><img src=\"data:image/svg+xml;base64,PHN2Zy8+\"", Gallery(notebook));
        Show(notebook.Cells[1], "image/gif", Base64(9000, 2));
        Assert.Contains("data:image/gif", Gallery(notebook));
        Show(notebook.Cells[1], "image/svg+xml", $"<svg><image href=\"{DataUri(600, 3)}\"/><image href='{DataUri(900, 4)}'/><image href='{DataUri(90, 5)}'/></svg>");
        Show(notebook.Cells[2], "text/html", $"<img src=\"{DataUri(160, 6, "image/jpeg")}\"><img src=\"{DataUri(30, 7)}\">");
        Show(notebook.Cells[3], "image/png", Base64(300, 8));
        Assert.Contains(DataUri(160, 6, "image/jpeg"), Gallery(notebook));
        notebook.Cells[2].Metadata["tags"] = new JsonArray("remove-output");
        Assert.Contains(DataUri(900, 4), Gallery(notebook));
        notebook.Cells[3].Metadata["tags"] = new JsonArray("thumbnail");
        Assert.Contains(DataUri(300, 8), Gallery(notebook));
        notebook.Cells[0].Metadata["tags"] = new JsonArray("thumbnail");
        notebook.Cells[3].Metadata.Remove("tags");
        Assert.Contains(DataUri(30, 9), Gallery(notebook));
    }

    [Fact]
    public void Pictures_are_made_as_small_as_they_are_shown()
    {
        var notebook = Fixture.Notebook("1");
        Show(notebook.Cells[0], "image/png", Base64(90, 1));
        string path = Path.Combine(_folder, "x.html");
        GalleryExport.Save([new("n.ipynb", notebook, "n.html")], path, new() { Shrink = picture => picture.Length == 90 ? [0xFF, 0xD8, 1] : null });
        Assert.Contains("src=\"data:image/jpeg;base64,/9gB\"", File.ReadAllText(path));
    }

    [Fact]
    public void A_gallery_knows_itself_from_other_pages()
    {
        Gallery();
        Assert.True(GalleryExport.IsGallery(Path.Combine(_folder, "index.html")));
        File.WriteAllText(Path.Combine(_folder, "index.html"), "<html>my own</html>");
        Assert.False(GalleryExport.IsGallery(Path.Combine(_folder, "index.html")));
        Assert.False(GalleryExport.IsGallery(Path.Combine(_folder, "none.html")));
    }

    [Fact]
    public void A_Jekyll_site_has_a_gallery_with_pictures_among_its_assets()
    {
        var notebook = Fixture.Notebook("# A {{ title }}", "1");
        Show(notebook.Cells[1], "image/png", Base64(90, 1));
        string address = JekyllExport.AddressOf("n", new DateOnly(2026, 3, 1));
        string path = GalleryExport.SaveJekyll([new("n.ipynb", notebook, address)], _folder, "gallery.html", new() { Title = "My \"own\"" });
        string page = File.ReadAllText(path);
        Assert.StartsWith("---\nlayout: page\ntitle: \"My \\\"own\\\"\"\n", page);
        Assert.Contains($"<a href=\"{address}\">", page);
        Assert.Contains("<img src=\"{{ '/assets/gallery/01.png' | relative_url }}\"", page);
        Assert.Contains("<h2>A {{ \"{{\" }} title }}</h2>", page);
        Assert.Equal(90, new FileInfo(Path.Combine(_folder, "assets", "gallery", "01.png")).Length);
        Assert.True(GalleryExport.IsGallery(path));
    }
}
