namespace StyleLab.Notebooks.Tests;

/// <summary>Plotly charts on published pages.</summary>
public sealed class ChartTests : IDisposable
{
    private readonly string _folder = Fixture.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chart_is_data_that_a_script_of_the_page_draws_also_where_scripts_of_the_notebook_are_taken_out(bool sanitize)
    {
        string page = Page(sanitize);
        Assert.Contains("<div class=\"plotly\" id=\"chart-1\" style=\"width:300px;height:200px\">Plotly chart: bar</div>", page);
        Assert.Contains("\"name\":\"\\u003C/script\\u003E\"", page);
        Assert.DoesNotContain("evil()", page);
        string policy = page.Split("Content-Security-Policy")[1].Split('>')[0];
        Assert.Contains("nonce-", policy);
        Assert.Equal(!sanitize, policy.Contains("unsafe-eval"));
        Assert.DoesNotContain("unsafe-inline'; img", policy.Split("style-src")[0]);
    }

    [Fact]
    public void The_script_lies_once_beside_all_pages_of_a_folder()
    {
        Save("a");
        Save("b");
        string[] beside = [.. Directory.GetFiles(_folder, "*.js").Select(file => Path.GetFileName(file)!)];
        string expected = PlotlyScript.Latest() is { } kept ? Path.GetFileName(kept) : "https://cdn.plot.ly/plotly-2.27.1.min.js";
        Assert.Equal(PlotlyScript.Latest() == null ? [] : [expected], beside);
        Assert.Contains($"<script src=\"{expected}\" nonce=", File.ReadAllText(Path.Combine(_folder, "b.html")));
        Assert.InRange(new FileInfo(Path.Combine(_folder, "a.html")).Length, 1000, 100_000);
    }

    [Fact]
    public void A_page_without_charts_has_nothing_of_them()
    {
        HtmlExport.Save(Fixture.Notebook("1"), Path.Combine(_folder, "plain.html"));
        Assert.Equal(["plain.html"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        Assert.DoesNotContain("lotly", File.ReadAllText(Path.Combine(_folder, "plain.html")).Split("<main>")[1]);
    }

    private string Page(bool sanitize)
    {
        Save("page", sanitize);
        return File.ReadAllText(Path.Combine(_folder, "page.html"));
    }

    private void Save(string name, bool sanitize = false)
    {
        var notebook = Fixture.Notebook("chart");
        notebook.Cells[0].Outputs.Add(System.Text.Json.Nodes.JsonNode.Parse(
            """
            { "output_type": "display_data", "metadata": {}, "data": {
              "application/vnd.plotly.v1+json": { "data": [{ "type": "bar", "y": [1, 2], "name": "</script>" }], "layout": { "width": 300, "height": 200 } },
              "text/html": "<script>evil()</script>", "text/plain": "Plotly chart: bar" } }
            """));
        HtmlExport.Save(notebook, Path.Combine(_folder, $"{name}.html"), new() { Sanitize = sanitize });
    }
}
