using System.Net;

namespace StyleLab.Notebooks.Tests;

public sealed class CSharpHighlighterTests
{
    // The compiler's parser takes half a minute for these.
    [Theory]
    [InlineData(")")]
    [InlineData("}")]
    [InlineData("]")]
    [InlineData("? ")]
    [InlineData("=> ")]
    [InlineData("<a")]
    [InlineData("(")]
    public void What_is_never_opened_or_closed_is_left_without_colours(string mark)
    {
        string code = "var x = a " + string.Concat(Enumerable.Repeat(mark, 16_000)) + ";";
        Assert.Equal(WebUtility.HtmlEncode(code), CSharpHighlighter.ToHtml(code));
        Assert.Contains("<span", CSharpHighlighter.ToHtml("var x = a " + string.Concat(Enumerable.Repeat(mark, 40)) + ";"));
    }
}
