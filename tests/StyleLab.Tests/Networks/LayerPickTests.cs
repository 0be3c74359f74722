namespace StyleLab.Tests.Networks;

public class LayerPickTests
{
    private static readonly Architecture _slim = Architecture.Vgg19Slim;

    [Theory]
    [InlineData("relu4_2", "relu4_2")]
    [InlineData(" RELU4_2 ", "relu4_2")]
    [InlineData("input", "input")]
    [InlineData("Input", "input")]
    [InlineData("pool4", "pool4")]
    [InlineData("relu1_1,relu2_1", "relu1_1 relu2_1")]
    [InlineData("relu2_1, conv1_2,input , relu1_1,relu2_1", "input relu1_1 conv1_2 relu2_1")]
    [InlineData("relu1_1..relu5_1", "relu1_1 relu2_1 relu3_1 relu4_1 relu5_1")]
    [InlineData("relu2_2 .. relu4_2", "relu2_2 relu3_2 relu4_2")]
    [InlineData("relu3_4..relu5_4", "relu3_4 relu4_4 relu5_4")]
    [InlineData("relu4_1..relu4_3", "relu4_1 relu4_2 relu4_3")]
    [InlineData("relu3_1..relu3_1", "relu3_1")]
    [InlineData("conv1_1..conv3_1", "conv1_1 conv1_2 conv2_1 conv2_2 conv3_1")]
    [InlineData("conv4_4..conv5_1", "conv4_4 conv5_1")]
    [InlineData("pool1..pool3", "pool1 pool2 pool3")]
    [InlineData("conv#1", "conv1_1")]
    [InlineData("conv#4", "conv2_2")]
    [InlineData("Conv#16", "conv5_4")]
    [InlineData("conv#1..conv#5", "conv1_1 conv1_2 conv2_1 conv2_2 conv3_1")]
    [InlineData("conv#4..conv3_2", "conv2_2 conv3_1 conv3_2")]
    [InlineData("relu5_1,relu1_1..relu5_1,conv1_2..conv2_1", "relu1_1 conv1_2 conv2_1 relu2_1 relu3_1 relu4_1 relu5_1")]
    public void Picks_resolve_in_network_order_without_duplicates(string text, string expected)
    {
        LayerPick pick = text;
        Assert.Equal(expected.Split(' '), pick.Resolve(_slim));
    }

    [Fact]
    public void A_relu_range_leaves_out_blocks_that_are_too_short()
    {
        var architecture = new Architecture("short", [new ReluLayer("relu1_1"), new ReluLayer("relu1_2"),
            new ReluLayer("relu2_1"), new ReluLayer("relu3_1"), new ReluLayer("relu3_2")], Preprocessing.Torchvision);
        Assert.Equal(["relu1_2", "relu3_2"], LayerPick.Parse("relu1_2..relu3_2").Resolve(architecture));
    }

    [Fact]
    public void Counting_follows_the_architecture()
    {
        Assert.Equal(["conv5_3"], LayerPick.Parse("conv#13").Resolve(Architecture.Vgg16));
        Assert.Equal(["pool5"], LayerPick.Parse("pool5").Resolve(Architecture.Vgg19));
    }

    [Theory]
    [InlineData("relu4_5", "There is no layer 'relu4_5' in vgg19-slim; the nearest are relu4_4, relu4_3, relu3_4.")]
    [InlineData("pool5", "There is no layer 'pool5' in vgg19-slim; the nearest are pool4, pool3, pool2.")]
    [InlineData("rlu3_1", "There is no layer 'rlu3_1' in vgg19-slim; the nearest are relu3_1, relu3_2, relu2_1.")]
    [InlineData("conv42", "There is no layer 'conv42' in vgg19-slim; the nearest are conv4_2,")]
    [InlineData("inptu", "There is no layer 'inptu' in vgg19-slim; the nearest are input,")]
    [InlineData("relu1_1..relu6_1", "There is no layer 'relu6_1' in vgg19-slim; the nearest are relu5_1,")]
    [InlineData("relu5_1..relu1_1", "The range 'relu5_1..relu1_1' runs backwards; write relu1_1..relu5_1.")]
    [InlineData("conv#5..conv#1", "The range 'conv#5..conv#1' runs backwards; write conv1_1..conv3_1.")]
    [InlineData("relu1_1..conv3_1", "The range 'relu1_1..conv3_1' mixes kinds of layers; both ends must be conv, both relu, both pool or both fire.")]
    [InlineData("relu1_1..relu4_3", "The range 'relu1_1..relu4_3' joins different positions in different blocks; a relu range takes the same position of every block, such as relu1_1..relu5_1.")]
    [InlineData("input..relu1_1", "'input' cannot be the end of a range; add it with a comma, such as input,relu1_1..relu5_1.")]
    [InlineData("conv#0", "There is no convolution 'conv#0' in vgg19-slim; its convolutions are counted from conv#1 (conv1_1) to conv#16 (conv5_4).")]
    [InlineData("conv#17", "There is no convolution 'conv#17' in vgg19-slim; its convolutions are counted from")]
    [InlineData("conv#99999999999999", "There is no convolution 'conv#99999999999999' in vgg19-slim; its convolutions are counted from")]
    [InlineData("conv#-1", "'conv#-1' does not count a layer; write conv#4 for the fourth convolution.")]
    [InlineData("relu#2", "'relu#2' does not count a layer; write conv#4 for the fourth convolution.")]
    [InlineData("conv#", "'conv#' does not count a layer; write conv#4 for the fourth convolution.")]
    public void What_the_network_lacks_is_said_in_one_sentence(string text, string message)
    {
        var error = Assert.Throws<StyleLabException>(() => LayerPick.Parse(text).Resolve(_slim));
        Assert.StartsWith(message, error.Message);
    }

    [Theory]
    [InlineData("", "The layer pick is empty; name at least one layer, such as relu4_2 or relu1_1..relu5_1.")]
    [InlineData("  ", "The layer pick is empty;")]
    [InlineData(",", "The layer pick ',' has nothing before or after one of its commas;")]
    [InlineData("relu1_1,,relu2_1", "The layer pick 'relu1_1,,relu2_1' has nothing before or after one of its commas;")]
    [InlineData("relu1_1..", "The range 'relu1_1..' needs one layer before and one after its two dots, such as relu1_1..relu5_1.")]
    [InlineData("..", "The range '..' needs one layer before and one after")]
    [InlineData("relu1_1..relu2_1..relu3_1", "The range 'relu1_1..relu2_1..relu3_1' needs one layer before and one after")]
    public void What_is_not_a_pick_is_refused_at_once(string text, string message)
    {
        var error = Assert.Throws<StyleLabException>(() => { LayerPick _ = text; });
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void Any_text_gives_layers_of_the_network_or_one_sentence()
    {
        string[] pieces = ["relu", "conv", "pool", "input", "1", "5", "_", "..", ".", ",", "#", " ", "9", "relu1_1", "conv4_2", "\n", "ü", "\ud800", "\0", "-"];
        var names = _slim.Layers.Select(layer => layer.Name).Prepend("input").ToList();
        var random = new Random(2);
        var resolved = 0;
        for (var trial = 0; trial < 5_000; trial++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                var layers = LayerPick.Parse(text).Resolve(_slim);
                resolved++;
                Assert.NotEmpty(layers);
                Assert.Equal(names.Where(layers.Contains), layers);
            }
            catch (StyleLabException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                Assert.DoesNotContain('\0', error.Message);
                Assert.InRange(error.Message.Length, 20, 300);
            }
        }
        Assert.InRange(resolved, 50, 4_900);
    }

    [Fact]
    public void A_very_long_text_is_refused_in_a_short_sentence()
    {
        var error = Assert.Throws<StyleLabException>(() => LayerPick.Parse(new string('r', 1_000_000)).Resolve(_slim));
        Assert.InRange(error.Message.Length, 20, 300);
    }

    [Fact]
    public void Picks_written_alike_are_equal()
    {
        Assert.Equal(LayerPick.Parse("relu1_1..relu5_1"), LayerPick.Parse(" relu1_1..relu5_1 "));
        Assert.NotEqual(LayerPick.Parse("relu1_1"), LayerPick.Parse("relu1_2"));
        Assert.Equal("relu1_1..relu5_1", LayerPick.Parse(" relu1_1..relu5_1").ToString());
    }
}
