using static StyleLab.Tests.Networks.Onnx.OnnxBytes;

namespace StyleLab.Tests.Networks.Onnx;

/// <summary>Loss networks from ONNX files.</summary>
public sealed class OnnxNetworkTests : IDisposable
{
    private static readonly Picture s_picture = Picture.Noise(32, 24, seed: 7, (0.5f, 0.4f, 0.6f), sigma: 0.25);

    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Form.Raw, 1e-6)]
    [InlineData(Form.Floats, 1e-6)]
    [InlineData(Form.HalvesAsIntegers, 2e-3)]
    public void A_residual_network_with_a_classifier_gives_the_maps_of_its_description(Form form, double tolerance)
    {
        var network = Load(OnnxModels.Residual(form));
        Assert.Equal(["conv1", "relu1", "pool1", "conv2", "sum1", "relu2", "border", "conv3", "relu3", "both"], network.Architecture.Layers.Select(layer => layer.Name));
        Assert.Equal(("bgr, 0..255, mean 1 2 3, std 1 1 1", "net"), (network.Architecture.Input.ToString(), network.Name));

        File.WriteAllText(Path.Combine(_folder, "spelt.json"), OnnxModels.Description);
        using (var file = File.Create(Path.Combine(_folder, "spelt.safetensors")))
            Safetensors.Write(file, OnnxModels.Tensors);
        var expected = LossNetwork.Load(Path.Combine(_folder, "spelt.json")).WithPooling(Pooling.Max).Features(s_picture);
        var actual = network.WithPooling(Pooling.Max).Features(s_picture);
        foreach (string layer in new[] { "conv1", "relu1", "pool1", "sum1", "relu2", "conv3", "relu3", "both" })
            Assert.True(Golden.RelativeError(actual[layer].ToArray(), expected[layer].ToArray()) <= tolerance, layer);
    }

    [Fact]
    public async Task It_makes_pictures_whose_recipe_can_be_run_again()
    {
        var result = await Load(OnnxModels.Residual()).Synthesize(Loss.Style(s_picture), optimizer: Optimizer.Lbfgs(2), size: new(32, 24));
        var again = await result.Recipe.Synthesize();
        Assert.Equal(result.Picture.Values, again.Picture.Values);
    }

    [Fact]
    public void A_description_can_say_what_the_file_does_not()
    {
        File.WriteAllBytes(Path.Combine(_folder, "net.onnx"), OnnxModels.Residual());
        File.WriteAllText(Path.Combine(_folder, "mine.json"), """{ "weights": "net.onnx", "input": "rgb, 0..1", "content": "relu2", "style": "input,relu1", "licence": "Mine.", "instead of stride": "average" }""");
        var network = LossNetwork.Load(Path.Combine(_folder, "mine.json"));
        Assert.Equal(("relu2", "input,relu1", "Mine.", Striding.Average), (network.Architecture.ContentLayers, network.Architecture.StyleLayers, network.Source.Licence, network.Striding));
        Assert.Equal(Preprocessing.ZeroToOne.ToString(), network.Architecture.Input.ToString());
        Assert.Equal(8, network.Weights("conv1").Weight.Shape[2]);
        network.Save(Path.Combine(_folder, "again.json"));
        Assert.Equal(network.Features(s_picture)["both"].ToArray(), LossNetwork.Load(Path.Combine(_folder, "again.json")).Features(s_picture)["both"].ToArray());
    }

    [Fact]
    public void Its_tensors_can_be_read_alone()
    {
        File.WriteAllBytes(Path.Combine(_folder, "net.onnx"), OnnxModels.Residual(Form.HalvesAsIntegers));
        using var file = WeightsFile.Open(Path.Combine(_folder, "net.onnx"));
        Assert.Contains("conv1.weight float16 [16, 3, 7, 7]", file.Tensors.Select(tensor => tensor.ToString()));
        Assert.Contains("pads int64 [3]", file.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([1, 2, -1], file.Read("pads").Values);
        Assert.Equal((float)(Half)OnnxModels.Tensors["conv1.weight"].Values[5], file.Read("conv1.weight").Values[5]);
        Assert.Equal("bgr, 0..255, mean 1 2 3", file.Metadata["input"]);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "groups", "its operation '/conv' (Conv) has 2 groups, and only convolutions over all channels are read." },
        { "dilations", "its operation '/conv' (Conv) has dilations of 2, 2, and only filters without gaps are read." },
        { "channels", "its operation '/conv' (Conv) has filters for 4 channels and gets 3; a loss network takes pictures of 3." },
        { "unknown", "its operation '/up' (Resize) is not one that is read: Conv, BatchNormalization, " },
        { "missing", "its operation '/conv' (Conv) reads 'nowhere', which nothing before it makes." },
        { "product", "its operation '/y' (Mul) takes two feature maps, or divides by one; of maps only sums are read." },
        { "sizes", "puts together 'relu' and 'conv', whose sizes never agree: of a picture of 320 pixels they are 160 and 320." },
        { "inputs", "it has 2 inputs, expected one, the picture." },
        { "none", "it has no convolution." },
        { "elsewhere", "its tensor 'w' has its numbers in another file; save the model with all in one." },
        { "many numbers", "makes more than 1048576 numbers." },
        { "border", "fills its border by 'constant' with 3; read are zeros, reflections and repeated edges." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_is_not_read_is_refused_in_one_sentence(string kind, string message)
    {
        var error = Assert.Throws<StyleLabException>(() => Load(OnnxModels.Refused(kind)));
        Assert.Contains(message, error.Message);
        Assert.StartsWith("'net.onnx' ", error.Message.StartsWith("Layer ", StringComparison.Ordinal) ? "'net.onnx' " : error.Message);
    }

    [Fact]
    public void Damaged_files_are_refused_within_bounded_memory()
    {
        byte[] whole = OnnxModels.Residual(Form.Floats);
        var random = new Random(8);
        int read = 0;
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = (byte[])whole.Clone();
            if (round % 3 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            else
                // The numbers are most of the file, and any of them will do.
                bytes[random.Next(2) == 0 ? random.Next(bytes.Length) : random.Next(600)] = (byte)random.Next(256);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Load(bytes);
                read++;
            }
            catch (StyleLabException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        }
        Assert.InRange(read, 1, 290);
    }

    private LossNetwork Load(byte[] model)
    {
        string path = Path.Combine(_folder, "net.onnx");
        File.WriteAllBytes(path, model);
        return LossNetwork.Load(path);
    }
}
