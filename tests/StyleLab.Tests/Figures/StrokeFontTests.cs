using StyleLab.Figures;

namespace StyleLab.Tests.Figures;

public class StrokeFontTests
{
    private static string Shape(string text) => string.Join(' ', StrokeFont.Strokes(text, 20).SelectMany(s => s));

    [Fact]
    public void Every_printable_ascii_character_has_a_shape_of_its_own()
    {
        string[] shapes = [.. Enumerable.Range('!', '~' - '!' + 1).Select(c => Shape(((char)c).ToString()))];

        Assert.Equal(94, shapes.Distinct().Count());
        Assert.DoesNotContain("", shapes);
    }

    [Theory]
    [InlineData("×·–…é⁻²Åñ")]
    public void Signs_beyond_ascii_are_not_question_marks(string text) =>
        Assert.All(text, c => Assert.NotEqual(Shape("?"), Shape(c.ToString())));

    [Fact]
    public void Unknown_characters_are_question_marks() => Assert.Equal(Shape("?"), Shape("漢"));

    [Fact]
    public void Letters_stay_between_descender_and_ascender_and_within_the_measured_length()
    {
        foreach (int c in Enumerable.Range(' ', '~' - ' ' + 1))
            foreach (var point in StrokeFont.Strokes(((char)c).ToString(), 14).SelectMany(s => s))
            {
                Assert.InRange(point.Y, -12, 4);
                Assert.InRange(point.X, -1.2, StrokeFont.Measure(((char)c).ToString(), 14) + 0.5);
            }
    }

    [Fact]
    public void Length_grows_with_the_size_and_the_text()
    {
        Assert.Equal(2 * StrokeFont.Measure("loss", 10), StrokeFont.Measure("loss", 20), 9);
        Assert.Equal(StrokeFont.Measure("lo", 12) + StrokeFont.Measure("ss", 12), StrokeFont.Measure("loss", 12), 9);
        Assert.Equal(StrokeFont.Measure("000", 12), StrokeFont.Measure("888", 12), 9);
    }
}
