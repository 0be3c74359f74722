using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StyleLab.Tests.Figures;

public partial class ProgressViewTests
{
    private static readonly ProgressView Running = new()
    {
        Title = "style <transfer>",
        Step = 120,
        Steps = 300,
        Loss = 0.012345,
        Elapsed = TimeSpan.FromSeconds(9),
        TimeLeft = TimeSpan.FromSeconds(14.2),
        Terms = [new("content relu4_2", 0.01), new("style & more", 2e-7)],
        Curves = [new("total", [3, 2, 1])],
        Preview = TestPictures.Noise(600, 400),
    };

    [Theory]
    [InlineData(12, 40)]
    [InlineData(60, 75)]
    [InlineData(600, 190)]
    public void A_run_sends_few_views(int seconds, int most)
    {
        int views = 0;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(seconds); now = StyleLab.Figures.ViewPace.NextAfter(now))
            views++;

        // A view of a run at 256×256 takes about 36 KB, so that a run of 300 steps stays below 2 MB.
        Assert.InRange(views, 10, most);
    }

    [Fact]
    public void A_sweep_counts_cells_and_shows_what_is_finished()
    {
        var view = Running with { Unit = "cell", Step = 3, Steps = 12, Sheet = TestPictures.Noise(900, 300) };

        Assert.StartsWith("cell 3/12", view.ToString());
        Assert.Contains("finished so far", view.ToHtml());
        Assert.True(view.ToHtml().Length < 250_000);
    }

    [Fact]
    public void One_line_says_what_matters()
    {
        Assert.Equal("step 120/300 · loss 0.0123 · 14 s left", Running.ToString());
        Assert.Equal("step 300/300 · loss 0.0123 · done in 2 min 5 s",
            (Running with { Step = 300, Elapsed = TimeSpan.FromSeconds(125) }).ToString());
        Assert.Equal("step 120/300 · 128×96 · loss 0.0123 · 1 h 2 min left",
            (Running with { Status = "128×96", TimeLeft = TimeSpan.FromMinutes(62) }).ToString());
        Assert.Equal("step 7", new ProgressView { Step = 7 }.ToString());
        Assert.Equal("step 7 · 2 min so far", new ProgressView { Step = 7, Elapsed = TimeSpan.FromMinutes(2) }.ToString());
    }

    [Fact]
    public void Html_shows_bar_preview_curves_and_terms()
    {
        string html = Running.ToHtml();

        Assert.Contains("aria-valuenow=\"40\"", html);
        Assert.Contains("width:40%", html);
        Assert.Contains("style &lt;transfer&gt;", html);
        Assert.Contains("style &amp; more", html);
        Assert.Contains("2×10⁻⁷", html);
        Assert.Contains("<svg", html);
        Assert.DoesNotContain("<script", html);
        var preview = PreviewUri().Match(html);
        byte[] jpeg = Convert.FromBase64String(preview.Groups[1].Value);
        Assert.Equal([0xFF, 0xD8, 0xFF], jpeg[..3]);
    }

    [Fact]
    public void Html_is_well_formed_once_images_are_closed() =>
        XDocument.Parse(Regex.Replace(Running.ToHtml(), "(<img[^>]*)>", "$1/>").Replace("&nbsp;", " "));

    [Fact]
    public void Html_takes_its_ink_from_the_page()
    {
        string html = (Running with { Preview = null }).ToHtml();

        Assert.Contains("currentColor", html);
        Assert.DoesNotContain("#222222", html);
        Assert.DoesNotContain("#FFFFFF", html);
    }

    [Fact]
    public void Html_stays_light()
    {
        var view = Running with
        {
            Preview = TestPictures.Noise(1000, 1000),
            Curves = [.. Enumerable.Range(0, 5).Select(k =>
                new PlotSeries($"term {k}", [.. Enumerable.Range(1, 5000).Select(i => (2 + Math.Sin(i)) * Math.Pow(10, k))]))],
        };

        Assert.InRange(view.ToHtml().Length, 20_000, 150_000);
    }

    [Theory]
    [InlineData(double.NaN, 0.4)]
    [InlineData(0.75, 0.75)]
    [InlineData(-1, 0)]
    [InlineData(7, 1)]
    public void The_fraction_comes_from_the_steps_unless_given(double given, double expected) =>
        Assert.Equal(expected, (Running with { Fraction = given }).Fraction);

    [Fact]
    public void An_empty_view_can_be_shown()
    {
        var view = new ProgressView();

        Assert.Equal("step 0", view.ToString());
        Assert.Contains("width:0%", view.ToHtml());
    }

    [GeneratedRegex("data:image/jpeg;base64,([A-Za-z0-9+/=]+)")]
    private static partial Regex PreviewUri();
}
