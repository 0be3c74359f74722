namespace StyleLab.Tests.Networks;

public class PreprocessingTests
{
    [Fact]
    public void Torchvision_takes_red_first_and_normalises()
    {
        var input = Preprocessing.Torchvision;
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(input.PictureChannel));
        Assert.Equal((1 - 0.485) / 0.229, input.Scale(0) + input.Offset(0), 1e-5);
        Assert.Equal(-0.406 / 0.225, input.Offset(2), 1e-5);
    }

    [Fact]
    public void Caffe_takes_blue_first_and_up_to_255()
    {
        var input = Preprocessing.Caffe;
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(input.PictureChannel));
        Assert.Equal(255 - 103.939, input.Scale(0) + input.Offset(0), 1e-4);
        Assert.Equal(-123.68, input.Offset(2), 1e-4);
    }

    [Fact]
    public void The_written_form_reads_back()
    {
        Assert.Equal("bgr, 0..255, mean 103.939 116.779 123.68, std 1 1 1", Preprocessing.Caffe.ToString());
        foreach (var input in new[] { Preprocessing.Torchvision, Preprocessing.Caffe })
        {
            var read = Preprocessing.Parse(input.ToString());
            Assert.Equal((input.Order, input.Range), (read.Order, read.Range));
            Assert.Equal(input.Mean, read.Mean);
            Assert.Equal(input.Deviation, read.Deviation);
        }
    }

    [Theory]
    [InlineData("bgr, 0..255, mean 103.939 116.779 123.68", "bgr, 0..255, mean 103.939 116.779 123.68, std 1 1 1")]
    [InlineData("rgb, 0..1, std 0.5 0.5 0.5", "rgb, 0..1, mean 0 0 0, std 0.5 0.5 0.5")]
    [InlineData("rgb, 0..1", "rgb, 0..1, mean 0 0 0, std 1 1 1")]
    public void What_is_left_out_changes_nothing(string text, string whole) =>
        Assert.Equal(whole, Preprocessing.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("rgb")]
    [InlineData("grb, 0..1, mean 0 0 0, std 1 1 1")]
    [InlineData("rgb, 0..2, mean 0 0 0, std 1 1 1")]
    [InlineData("rgb, 0..1, mean 0 0, std 1 1 1")]
    [InlineData("rgb, 0..1, mean 0 0 x, std 1 1 1")]
    [InlineData("rgb, 0..1, mean 0 0 NaN, std 1 1 1")]
    [InlineData("rgb, 0..1, mean 0 0 0, std 1 0 1")]
    [InlineData("rgb, 0..1, mean 0 0 0, std 1 1 1, more")]
    [InlineData("rgb, 0..1, mean 0 0 0, mean 1 1 1")]
    [InlineData("rgb, 0..1, deviation 1 1 1")]
    [InlineData("rgb, mean 0 0 0, std 1 1 1")]
    public void Other_forms_are_refused(string text)
    {
        var error = Assert.Throws<StyleLabException>(() => Preprocessing.Parse(text));
        Assert.Contains("rgb, 0..1, mean 0.485", error.Message);
    }
}
