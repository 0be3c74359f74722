using System.Text.RegularExpressions;

namespace StyleLab.Tests.Figures;

public class BeforeAfterTests
{
    private static readonly BeforeAfter Comparison =
        new(TestPictures.Plain(40, 30, 1, 0, 0), TestPictures.Plain(80, 60, 0, 0, 1), "a <photo>", "painted");

    [Fact]
    public void Html_holds_both_pictures_and_a_slider_for_the_keyboard()
    {
        string html = Comparison.ToHtml();
        Assert.Equal(2, Regex.Count(html, "<img src=\"data:image/png;base64,"));
        Assert.Contains("<input type=\"range\"", html);
        Assert.Contains("aria-label=\"How much of “a &lt;photo&gt;” is shown beside “painted”\"", html);
        Assert.Contains("aspect-ratio: 640 / 480", html);
        Assert.Contains("@media print", html);
        Assert.DoesNotContain("http", html);
        Assert.DoesNotContain("<photo>", html);
    }

    [Fact]
    public void Saved_the_two_stand_side_by_side()
    {
        var picture = Comparison.ToPicture(1);
        Assert.Equal((1, 0, 0), picture.At(100, 100));
        Assert.Equal((0, 0, 1), picture.At(500, 100));
        Assert.Equal(["a <photo>", "painted"], new Svg(Comparison.ToSvg()).Texts);
        Assert.Equal("a <photo> and painted compared", Comparison.ToString());
    }

    [Fact]
    public void Other_proportions_are_refused() =>
        Assert.EndsWith("got 40×30 and 30×40; crop one.", Assert.Throws<StyleLabException>(
            () => new BeforeAfter(new Picture(40, 30), new Picture(30, 40))).Message);
}
