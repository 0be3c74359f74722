namespace StyleLab.Tests.Figures;

public sealed class FigureSaveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("figures").FullName;
    private readonly Grid _grid = new(1, 1, cellSize: 32) { TestPictures.Plain(32, 32, 0, 1, 0) };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saves_svg_and_png_and_leaves_no_other_file()
    {
        string svg = Path.Combine(_folder, "a.svg"), png = Path.Combine(_folder, "a.PNG");
        File.WriteAllText(svg, "old");
        _grid.Save(svg);
        _grid.Save(png);

        Assert.Equal(_grid.ToSvg(), File.ReadAllText(svg));
        Assert.Equal(52, Picture.Load(png).Width);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Theory]
    [InlineData("a.gif")]
    [InlineData("a")]
    public void Another_ending_is_refused(string name)
    {
        var error = Assert.Throws<StyleLabException>(() => _grid.Save(Path.Combine(_folder, name)));
        Assert.EndsWith("end the name in .svg, .png or .jpg.", error.Message);
    }

    [Theory]
    [InlineData("a.svg")]
    [InlineData("a.png")]
    public void A_folder_that_is_not_there_is_one_sentence(string name)
    {
        string path = Path.Combine(_folder, "missing", name);
        var error = Assert.Throws<StyleLabException>(() => _grid.Save(path));
        Assert.StartsWith($"{path} cannot be written: ", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(double.NaN)]
    public void A_scale_out_of_range_is_refused(double scale) =>
        Assert.Throws<StyleLabException>(() => _grid.ToPicture(scale));

    [Fact]
    public void A_picture_beyond_all_measure_is_refused_if_asked_for_and_else_made_smaller()
    {
        var huge = new Grid(100, 100, cellSize: 2048);
        Assert.Contains("limit is 100 megapixels", Assert.Throws<StyleLabException>(() => huge.ToPicture(1)).Message);
        var drawn = huge.ToPicture();
        Assert.InRange((double)drawn.Width * drawn.Height, 20e6, 25e6);
    }
}
