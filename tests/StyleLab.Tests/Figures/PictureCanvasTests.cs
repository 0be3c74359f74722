using StyleLab.Figures;

namespace StyleLab.Tests.Figures;

public class PictureCanvasTests
{
    private static (Picture Picture, ICanvas Canvas) White(int width, int height, double scale = 1)
    {
        var picture = TestPictures.Plain(width, height, 1, 1, 1);
        return (picture, new PictureCanvas(picture, scale));
    }

    [Fact]
    public void A_line_through_the_middle_of_pixels_covers_them_and_no_others()
    {
        var (picture, canvas) = White(20, 9);
        canvas.Line(new(2.5, 4.5), new(17.5, 4.5), new Ink(0, 0, 0), 1);

        for (int x = 3; x < 17; x++)
        {
            Assert.Equal(0, picture[0, 4, x]);
            Assert.Equal(1, picture[0, 3, x]);
            Assert.Equal(1, picture[0, 5, x]);
        }
        Assert.Equal(1, picture[0, 4, 19]);
    }

    [Fact]
    public void Translucent_strokes_do_not_darken_where_they_meet()
    {
        var (picture, canvas) = White(20, 20);
        canvas.Polyline([new(2, 10), new(18, 10), new(10, 2), new(10, 18)], new Ink(0, 0, 0, 0.5), 3);

        Assert.Equal(0.5f, picture.Values.Min(), 5);
    }

    [Fact]
    public void A_single_point_is_a_dot()
    {
        var (picture, canvas) = White(11, 11);
        canvas.Polyline([new(5.5, 5.5)], new Ink(0, 0, 0), 5);

        Assert.Equal(0, picture[0, 5, 5]);
        Assert.Equal(1, picture[0, 1, 5]);
        Assert.Equal(Math.PI * 2.5 * 2.5, 121 - picture.Values.Take(121).Sum(), 0.5);
    }

    [Fact]
    public void A_rectangle_covers_its_area()
    {
        var (picture, canvas) = White(10, 10);
        canvas.Rect(new Box(1.25, 2.5, 4.5, 3), new Ink(0, 0, 0));

        Assert.Equal(4.5 * 3, 100 - picture.Values.Take(100).Sum(), 3);
    }

    [Fact]
    public void Dashes_leave_gaps_and_cover_the_rest()
    {
        var (picture, canvas) = White(100, 3);
        canvas.Polyline([new(0, 1.5), new(37, 1.5), new(100, 1.5)], new Ink(0, 0, 0), 1, dashed: true);

        double covered = 100 - Enumerable.Range(0, 100).Sum(x => (double)picture[0, 1, x]);
        Assert.InRange(covered, 60, 80);
    }

    [Fact]
    public void What_lies_outside_is_cut_off()
    {
        var (picture, canvas) = White(10, 10);
        canvas.Line(new(-50, 5.5), new(500, 5.5), new Ink(0, 0, 0), 1);
        canvas.Rect(new Box(8, -3, 10, 5), new Ink(255, 0, 0));
        canvas.Image(TestPictures.Plain(6, 6, 0, 0, 1), new Box(-3, 7, 6, 6));
        canvas.Text("outside", new(9, 30), new(12));

        Assert.Equal(0, picture[0, 5, 0]);
        Assert.Equal((1f, 0f, 0f), picture.At(9, 0));
        Assert.Equal((0f, 0f, 1f), picture.At(0, 9));
        Assert.Equal((1f, 1f, 1f), picture.At(5, 3));
    }

    [Fact]
    public void Nested_drawings_are_moved_and_scaled()
    {
        var (picture, canvas) = White(100, 100, scale: 2);
        canvas.Nested(new Box(10, 20, 25, 25), 100, 100, inner => inner.Rect(new Box(0, 0, 100, 100), new Ink(0, 255, 0)));

        Assert.Equal((0f, 1f, 0f), picture.At(20, 40));
        Assert.Equal((0f, 1f, 0f), picture.At(69, 89));
        Assert.Equal((1f, 1f, 1f), picture.At(19, 40));
        Assert.Equal((1f, 1f, 1f), picture.At(70, 89));
    }
}
