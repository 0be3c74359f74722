using StyleLab.Figures;

namespace StyleLab.Tests.Figures;

public class GridTests
{
    private static readonly Picture Red = TestPictures.Plain(64, 48, 1, 0, 0);
    private static readonly Picture Blue = TestPictures.Plain(30, 60, 0, 0, 1);

    [Fact]
    public void Holds_pictures_and_figures_in_reading_order()
    {
        var grid = new Grid(2, 2) { Red, { Blue, "style" }, new Grid(1, 1) { Red }, new LossPlot() };
        var svg = new Svg(grid.ToSvg());

        Assert.Equal(3, svg.Images.Length);
        Assert.Equal(2, svg.All("svg").Count());
        Assert.Contains("style", svg.Texts);
        Assert.True(svg.Images[0].X < svg.Images[1].X, "the second picture stands right of the first");
        Assert.Equal(svg.Images[0].CenterY, svg.Images[1].CenterY, 1.0);
    }

    [Fact]
    public void Cells_keep_the_proportions_of_pictures()
    {
        var images = new Svg(new Grid(1, 2, cellSize: 200) { Red, Blue }.ToSvg()).Images;

        Assert.Equal((200, 150), (images[0].Width, images[0].Height));
        Assert.Equal((100, 200), (images[1].Width, images[1].Height));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void Pixels_agree_with_the_svg(double scale)
    {
        var grid = new Grid(2, 2, "Title", ["left", "right"], ["above", "below"], cellSize: 100)
        {
            { Red, "red" }, { Blue, "blue" }, { Blue, "blue" }, { Red, "red" },
        };
        var svg = new Svg(grid.ToSvg());
        var picture = grid.ToPicture(scale);

        Assert.Equal(Math.Ceiling(Svg.Number(svg.Root, "width") * scale), picture.Width);
        Assert.Equal(Math.Ceiling(Svg.Number(svg.Root, "height") * scale), picture.Height);
        var colors = new[] { (1f, 0f, 0f), (0f, 0f, 1f), (0f, 0f, 1f), (1f, 0f, 0f) };
        for (int i = 0; i < 4; i++)
        {
            var box = svg.Images[i];
            Assert.Equal(colors[i], picture.At((box.X + 1) * scale, (box.Y + 1) * scale));
            Assert.Equal(colors[i], picture.At((box.Right - 1) * scale, (box.Bottom - 1) * scale));
            Assert.Equal((1f, 1f, 1f), picture.At((box.X - 1) * scale, box.CenterY * scale));
            Assert.Equal((1f, 1f, 1f), picture.At(box.CenterX * scale, (box.Bottom + 1) * scale));
        }
        // Each text has left ink around the place where the SVG has it.
        foreach (var text in svg.All("text"))
            Assert.True(picture.Darkest(
                (int)((Svg.Number(text, "x") - 10) * scale), (int)((Svg.Number(text, "y") - 10) * scale),
                (int)(20 * scale), (int)(12 * scale)) < 0.6, $"no ink at the text “{text.Value}”");
    }

    [Fact]
    public void A_nested_plot_is_drawn_in_pixels_too()
    {
        var grid = new Grid(1, 1) { new LossPlot(new PlotSeries("total", [3, 2, 1])) };
        var nested = new Svg(grid.ToSvg()).All("svg").Single();
        var picture = grid.ToPicture(1);

        var box = Svg.BoxOf(nested);
        bool hasBlue = Enumerable.Range(0, (int)box.Width).Any(x => Enumerable.Range(0, (int)box.Height).Any(y =>
            picture.At(box.X + x, box.Y + y) is { Red: < 0.3f, Blue: > 0.6f }));
        Assert.True(hasBlue, "the blue line of the plot");
    }

    [Fact]
    public void Headings_stand_beside_the_cells()
    {
        var grid = new Grid(2, 2, "Table", ["one", "two"], ["top", "bottom"]) { Red, Red, Red, Red };
        var svg = new Svg(grid.ToSvg());

        Assert.Equal(["Table", "one", "two", "top", "bottom"], svg.Texts);
        var texts = svg.All("text").ToArray();
        Assert.Equal(svg.Images[1].CenterX, Svg.Number(texts[2], "x"));
        Assert.True(Svg.Number(texts[2], "y") < svg.Images[1].Y);
        Assert.Equal(svg.Images[2].CenterY, Svg.Number(texts[4], "y"));
        Assert.True(Svg.Number(texts[4], "x") < svg.Images[2].X);
    }

    [Fact]
    public void Labels_are_escaped()
    {
        var svg = new Svg(new Grid(1, 1) { { Red, "a < b & \"c\" 'd' \u0001" } }.ToSvg());

        Assert.Equal("a < b & \"c\" 'd'  ", svg.Texts.Single());
        Assert.Contains("a < b & \"c\"", svg.Root.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void Long_labels_wrap_into_two_lines_and_end_in_an_ellipsis()
    {
        string label = "one label that is far too long to stand below a cell of this size on two lines";
        var texts = new Svg(new Grid(1, 1, cellSize: 120) { { Red, label } }.ToSvg()).Texts;

        Assert.Equal(2, texts.Length);
        Assert.StartsWith(texts[0], label);
        Assert.EndsWith("…", texts[1]);
        Assert.All(texts, text => Assert.True(StrokeFont.Measure(text, 12) <= 120));
    }

    [Fact]
    public void An_item_too_many_is_one_clear_sentence()
    {
        var grid = new Grid(1, 2) { Red, Red };

        var error = Assert.Throws<StyleLabException>(() => grid.Add(Red));
        Assert.Equal("A 1×2 grid has 2 cells and all are taken; make it larger, for example new Grid(2, 2).", error.Message);
    }

    [Fact]
    public void An_empty_cell_keeps_its_place()
    {
        var images = new Svg(new Grid(1, 3, cellSize: 64) { null, Red }.ToSvg()).Images;

        Assert.Single(images);
        Assert.True(images[0].X > 64);
    }

    [Fact]
    public void Large_pictures_are_embedded_small()
    {
        string svg = new Grid(1, 1, cellSize: 100) { TestPictures.Noise(1200, 900) }.ToSvg();

        Assert.InRange(svg.Length, 1000, 300_000);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, -1)]
    [InlineData(101, 1)]
    public void A_size_out_of_range_is_refused(int rows, int columns) =>
        Assert.Throws<StyleLabException>(() => new Grid(rows, columns));

    [Fact]
    public void Wrong_numbers_of_headings_are_refused()
    {
        var error = Assert.Throws<StyleLabException>(() => new Grid(2, 3, columnLabels: ["a", "b"]));
        Assert.Equal("The grid has 3 columns but ColumnLabels has 2 texts; give one for each column.", error.Message);
        Assert.Throws<StyleLabException>(() => new Grid(2, 3).RowLabels = ["a"]);
        Assert.Throws<StyleLabException>(() => new Grid(2, 3, cellSize: 5));
    }

    [Fact]
    public void A_grid_cannot_hold_itself()
    {
        var inner = new Grid(1, 2);
        var outer = new Grid(1, 1) { inner };

        Assert.Throws<StyleLabException>(() => inner.Add(inner));
        Assert.Throws<StyleLabException>(() => inner.Add(outer));
    }

    [Fact]
    public void Words_without_a_picture_stand_in_the_middle_of_the_cell()
    {
        var svg = new Svg(new Grid(1, 2, cellSize: 100) { { (Picture?)null, "first\nsecond" }, TestPictures.Plain(10, 10, 0, 0, 0) }.ToSvg());
        Assert.Equal(["first", "second"], svg.Texts);
        Assert.All(svg.All("text"), text => Assert.InRange(Svg.Number(text, "y"), 40, 80));
        Assert.Equal(120, Svg.Number(svg.Root, "height"));
    }

    [Fact]
    public void A_sheet_crosses_contents_with_styles()
    {
        Picture[] contents = [TestPictures.Plain(8, 8, 1, 0, 0), TestPictures.Plain(8, 8, 0, 1, 0)];
        Picture[] styles = [TestPictures.Plain(8, 8, 0, 0, 1)];
        var result = TestPictures.Plain(8, 8, 0, 0, 0);
        var sheet = Grid.Sheet(contents, styles, (content, style) => content == 1 && style == 0 ? result : null,
            contentLabels: ["red", "green"], styleLabels: ["blue"]);

        Assert.Equal((3, 2), (sheet.Rows, sheet.Columns));
        Assert.Equal([null, styles[0], contents[0], null, contents[1], result], sheet.Cast<object?>());
        Assert.Equal(["style →", "content ↓", "blue", "red", "green"], new Svg(sheet.ToSvg()).Texts);
        Assert.Throws<StyleLabException>(() => Grid.Sheet([], styles, (_, _) => null));
        Assert.Throws<StyleLabException>(() => Grid.Sheet(contents, styles, (_, _) => null, contentLabels: ["one"]));
    }
}
