namespace StyleLab.Tests.Networks.Catalogue;

public class NetworkCatalogueTests
{
    [Fact]
    public void Names_are_those_of_the_library_and_of_the_catalogue()
    {
        Assert.Equal(["vgg19-slim", "resnet18", "vgg19", "vgg16", "vgg19-caffe", "vgg16-caffe", "vgg19-gatys", "squeezenet1_1"], LossNetwork.Names);
        Assert.Same(NetworkCatalogue.All[0], NetworkCatalogue.Find("VGG19"));
        Assert.Null(NetworkCatalogue.Find("vgg19-slim"));
    }

    [Fact]
    public void Hashes_fit_to_the_names_of_the_files()
    {
        foreach (var network in NetworkCatalogue.All.Where(network => network.FileName.Contains('-')))
        {
            var start = Path.GetFileNameWithoutExtension(network.FileName)[^8..];
            Assert.Equal(start, network.Sha256?[..8] ?? network.Sha256Start);
            Assert.True(network.Sha256 is null or { Length: 64 });
        }
    }

    // The names and shapes are those of torchvision itself; see tests/golden/make_weights.py.
    [Theory]
    [InlineData("vgg16")]
    [InlineData("vgg19")]
    public void Torchvision_s_names_lead_to_the_layers(string name)
    {
        var architecture = NetworkCatalogue.Find(name)!.Architecture!;
        var published = File.ReadLines(Path.Combine(Repository.Folder, "tests", "golden", "weights", name + ".txt"))
            .Where(line => line.StartsWith("features.", StringComparison.Ordinal)).ToList();
        var ours = architecture.Convolutions.SelectMany(layer => new[]
        {
            $"features.{architecture.Layers.ToList().IndexOf(layer)}.weight {layer.Outputs} {layer.Inputs} 3 3",
            $"features.{architecture.Layers.ToList().IndexOf(layer)}.bias {layer.Outputs}",
        });
        Assert.Equal(published, ours);
    }

    [Theory]
    [InlineData("vgg19", "rgb, 0..1, mean 0.485 0.456 0.406, std 0.229 0.224 0.225")]
    [InlineData("vgg16-caffe", "bgr, 0..255, mean 103.939 116.779 123.68, std 1 1 1")]
    [InlineData("vgg19-gatys", "bgr, 0..255, mean 103.939 116.779 123.68, std 1 1 1")]
    public void Each_has_its_input_convention(string name, string expected) =>
        Assert.Equal(expected, NetworkCatalogue.Find(name)!.Input.ToString());

    [Fact]
    public void A_file_is_known_by_its_hash_and_only_without_one_by_its_name()
    {
        var vgg19 = NetworkCatalogue.Find("vgg19")!;
        Assert.True(vgg19.IsFile("renamed.bin", vgg19.Sha256!));
        Assert.False(vgg19.IsFile(vgg19.FileName, new string('0', 64)));
        var gatys = NetworkCatalogue.Find("vgg19-gatys")!;
        Assert.True(gatys.IsFile("/some/where/vgg_conv.pth", new string('0', 64)));
        Assert.False(gatys.IsFile("other.pth", new string('0', 64)));
    }
}
