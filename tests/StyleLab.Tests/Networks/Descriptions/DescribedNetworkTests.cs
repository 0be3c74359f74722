namespace StyleLab.Tests.Networks.Descriptions;

/// <summary>Networks of the user's own: a JSON description and a file of tensors.</summary>
public sealed class DescribedNetworkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-described-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string Whole = """
        {
          "input": "rgb, 0..1, mean 0 0 0, std 1 1 1",
          "licence": "Mine.",
          "layers": [
            { "kind": "conv", "name": "conv1", "channels": 16, "size": 5, "stride": 2, "padding": 2, "bias": false, "tensors": "stem.0" },
            { "kind": "batchnorm", "name": "bn1", "tensors": "stem.1", "epsilon": 0.001 },
            { "kind": "relu", "name": "relu1" },
            { "kind": "pool", "name": "pool1", "size": 3, "stride": 2, "partial": true },
            { "kind": "conv", "name": "conv2", "channels": 4, "size": 2, "padding": 0 },
            { "kind": "relu", "name": "relu2" }, // the last
          ]
        }
        """;

    [Fact]
    public void Any_chain_with_a_folded_batch_normalisation_gives_what_plain_loops_give()
    {
        var network = Load(Whole);
        Assert.Equal(["conv1", "relu1", "pool1", "conv2", "relu2"], network.Architecture.Layers.Select(layer => layer.Name));
        Assert.Equal(["input", "relu1", "relu2"], LayerPick.Parse("style").Resolve(network.Architecture));
        Assert.Equal(("mine", "Mine.", Preprocessing.ZeroToOne.ToString()), (network.Name, network.Source.Licence, network.Architecture.Input.ToString()));

        var tensors = Tensors();
        var picture = Golden.Picture("picture");
        var maps = network.WithPadding(StyleLab.Tensors.Padding.Zero).WithPooling(Pooling.Max).Features(picture);
        var expected = Convolve(picture.Values, 3, picture.Height, picture.Width, tensors["stem.0.weight"], 2, 2, out int height, out int width);
        for (int channel = 0; channel < 16; channel++)
            for (int i = 0; i < height * width; i++)
            {
                double Of(string name) => tensors["stem.1." + name].Values[channel];
                ref float value = ref expected[channel * height * width + i];
                value = (float)((value - Of("running_mean")) / Math.Sqrt(Of("running_var") + 0.001) * Of("weight") + Of("bias"));
            }
        Assert.InRange(Golden.RelativeError(maps["conv1"].ToArray(), expected), 0, 1e-5);
        Assert.Equal((16, 20), (height, width));
        Assert.Equal(new(1, 16, 8, 10), maps["pool1"].Shape);
        expected = Convolve(maps["pool1"].ToArray(), 16, 8, 10, tensors["conv2.weight"], 1, 0, out height, out width);
        for (int i = 0; i < expected.Length; i++)
            expected[i] += tensors["conv2.bias"].Values[i / (height * width)];
        Assert.InRange(Golden.RelativeError(maps["conv2"].ToArray(), expected), 0, 1e-5);
    }

    [Fact]
    public async Task It_makes_pictures_whose_recipe_can_be_run_again()
    {
        var network = Load(Whole);
        var result = await network.Synthesize(Loss.Style(Golden.Picture("style")), optimizer: Optimizer.Lbfgs(3), size: new(32, 24));
        var again = await result.Recipe.Synthesize();
        Assert.Equal(result.Picture.Values, again.Picture.Values);
        Assert.True(result.LossesAtEnd!.Value < result.LossesAtStart!.Value);
    }

    [Fact]
    public void Saved_and_loaded_it_is_the_same()
    {
        var network = Load(Whole);
        var path = Path.Combine(_folder, "again.json");
        network.Save(path);
        var again = LossNetwork.Load(path);
        Assert.Equal(network.Architecture.Layers, again.Architecture.Layers);
        Assert.Equal((network.Architecture.ContentLayers, network.Architecture.StyleLayers), (again.Architecture.ContentLayers, again.Architecture.StyleLayers));
        Assert.Equal(network.Architecture.Input.ToString(), again.Architecture.Input.ToString());
        Assert.Equal(network.Source.Licence, again.Source.Licence);
        foreach (var layer in network.Architecture.Convolutions)
            Assert.Equal(network.Weights(layer.Name).Weight.Values, again.Weights(layer.Name).Weight.Values);
        Assert.Equal(["again.json", "again.safetensors", "mine.json", "mine.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Known_architectures_are_saved_as_weights_and_all_as_descriptions()
    {
        var slim = LossNetwork.Load("vgg19-slim").Normalize(Golden.Picture("picture"));
        foreach (var file in new[] { "slim.safetensors", "slim.json" })
        {
            slim.Save(Path.Combine(_folder, file));
            var again = LossNetwork.Load(Path.Combine(_folder, file));
            Assert.Equal(slim.Weights("conv4_3").Weight.Values, again.Weights("conv4_3").Weight.Values);
            Assert.Equal(slim.Architecture.StyleLayers, again.Architecture.StyleLayers);
        }
        var squeezeNet = LossNetwork.Load("squeezenet1_1-random:5");
        squeezeNet.Save(Path.Combine(_folder, "squeezed.safetensors"));
        Assert.Same(Architecture.SqueezeNet11.Layers, LossNetwork.Load(Path.Combine(_folder, "squeezed.safetensors")).Architecture.Layers);

        squeezeNet.Save(Path.Combine(_folder, "squeezed.json"));
        Assert.Equal(squeezeNet.Architecture.Layers, LossNetwork.Load(Path.Combine(_folder, "squeezed.json")).Architecture.Layers);

        Fails(() => Load(Whole).Save(Path.Combine(_folder, "x.safetensors")), "does not say what layers mine has; save it as ");
        Fails(() => slim.Save("slim.onnx"), "A network is saved as a .json or .safetensors file; 'slim.onnx' is neither.");
        Fails(() => slim.Save(Path.Combine(_folder, "nowhere", "slim.json")), "cannot be written: ");
    }

    // A checkpoint of PyTorch's with a convolution, its normalisation, and an optimizer's numbers; see tests/golden/make_weights.py.
    [Theory]
    [InlineData("\"weights\": \"check.pth\",", "check.pth", "")]
    [InlineData("\"weights\": \"check.pth\",", "check.pth", "state_dict.module.")]
    [InlineData("", "mine.pth", "")]
    [InlineData("", "mine.pt", "module.")]
    public void The_weights_can_be_a_checkpoint_of_pytorch(string named, string file, string prefix)
    {
        File.Copy(Path.Combine(Repository.Folder, "tests", "golden", "weights", "checkpoint.pth"), Path.Combine(_folder, file));
        // "module." alone is no name in the file: what stands around a network's own names is left out wholly or not at all.
        string json = $$"""
            { {{named}} "layers": [
              { "kind": "conv", "name": "conv1", "channels": 4, "padding": 0, "tensors": "{{prefix}}0" },
              { "kind": "batchnorm", "name": "bn1", "tensors": "{{prefix}}1" },
              { "kind": "relu", "name": "relu1" } ] }
            """;
        string path = Path.Combine(_folder, "mine.json");
        File.WriteAllText(path, json);
        if (prefix == "module.")
        {
            Fails(() => LossNetwork.Load(path), "Layer 'conv1' needs a tensor 'module.0.weight' of shape [4, 3, 3, 3], which 'mine.pt' does not have; did you mean 'state_dict.module.0.weight'?");
            return;
        }
        var network = LossNetwork.Load(path);
        var expected = Golden.Read("weights/checkpoint");
        double factor = expected["state_dict.module.1.weight"].Values[2] / Math.Sqrt(expected["state_dict.module.1.running_var"].Values[2] + 1e-5);
        Assert.Equal(expected["state_dict.module.0.weight"].Values[2 * 27 + 5] * factor, network.Weights("conv1").Weight.Values[2 * 27 + 5], 1e-6);
    }

    [Theory]
    [InlineData("", "", "mine.json' is empty or not an ordinary file; give the path of a description of a network.")]
    [InlineData("", "[]", "'mine.json' must be an object in braces.")]
    [InlineData("\"licence\"", "\"lisence\"", "'mine.json' has an unknown property 'lisence'; did you mean 'licence'?")]
    [InlineData("\"licence\": \"Mine.\"", "\"licence\": \"cut \\ud83d\"", "'mine.json' is not JSON that can be read: a text in it holds half of a character, such as \\ud83d.")]
    [InlineData("\"licence\": \"Mine.\"", "\"weights\": \"a\\u0000b\"", "'mine.json' needs the name of a file for 'weights', got 'a?b'.")]
    [InlineData("\"licence\": \"Mine.\"", "\"licence\": 3", "'mine.json' needs a text for 'licence', got '3'.")]
    [InlineData("\"layers\": [", "\"layers\": [ 7,", "Layer 1 of 'mine.json' must be an object such as { \"kind\": \"relu\", \"name\": \"relu1\" }.")]
    [InlineData("rgb, 0..1", "rgb, 0..2", "'mine.json' has a wrong 'input': 'rgb, 0..2,")]
    [InlineData("\"licence\": \"Mine.\"", "\"weights\": \"mine.json\"", "'mine.json' holds text; expected a file of weights: .safetensors, .pth, .pt, .npz, .npy or .onnx.")]
    [InlineData("\"kind\": \"pool\"", "\"kind\": \"pol\"", "Layer 4 ('pool1') of 'mine.json' is of an unknown kind 'pol'; did you mean 'pool'? Known are conv, batchnorm, relu, pool, pad, add, concat.")]
    [InlineData("\"kind\": \"pool\", ", "", "Layer 4 ('pool1') of 'mine.json' needs a 'kind', such as conv, batchnorm, relu, pool, pad, add, concat.")]
    [InlineData("\"partial\"", "\"ceil\"", "has an unknown property 'ceil'; did you mean")]
    [InlineData("\"channels\": 4, ", "", "Layer 5 ('conv2') of 'mine.json' needs 'channels', a whole number from 1 to 16384.")]
    [InlineData("\"size\": 5", "\"size\": 0", "Layer 1 ('conv1') of 'mine.json' needs a whole number from 1 to 64 for 'size', got '0'.")]
    [InlineData("\"stride\": 2, \"padding\"", "\"stride\": 1e9, \"padding\"", "needs a whole number from 1 to 64 for 'stride', got '1e9'.")]
    [InlineData("\"bias\": false", "\"bias\": \"no\"", "needs true or false for 'bias', got '\"no\"'.")]
    [InlineData("0.001", "-1", "needs a number above 0 for 'epsilon', got '-1'.")]
    [InlineData("\"name\": \"relu2\"", "\"name\": \"Relu1\"", "Layer 6 ('Relu1') of 'mine.json' has the name of a layer before it; every layer needs a name of its own.")]
    [InlineData("\"name\": \"relu2\"", "\"name\": \"style\"", "cannot be called 'style', which stands for something else in a layer pick.")]
    [InlineData("\"name\": \"relu2\"", "\"name\": \"a,b\"", "has a name with characters that a layer pick cannot hold;")]
    [InlineData("\"kind\": \"relu\", \"name\": \"relu2\"", "\"kind\": \"batchnorm\", \"name\": \"bn1b\", \"name\": \"x\"", "has 'name' twice.")]
    [InlineData("\"kind\": \"pool\", \"name\": \"pool1\", \"size\": 3, \"stride\": 2, \"partial\": true", "\"kind\": \"batchnorm\", \"name\": \"bn2\"", "Layer 4 ('bn2') of 'mine.json' must come right after a convolution, which takes it in.")]
    [InlineData("stem.0", "stem", "Layer 'conv1' needs a tensor 'stem.weight' of shape [16, 3, 5, 5], which 'mine.safetensors' does not have; did you mean 'stem.0.weight'?")]
    [InlineData("\"channels\": 4", "\"channels\": 5", "Layer 'conv2' needs a tensor 'conv2.weight' of shape [5, 16, 2, 2]; in 'mine.safetensors' it has shape [4, 16, 2, 2].")]
    [InlineData("\"licence\": \"Mine.\"", "\"style\": \"relu7\"", "'mine.json' has a wrong 'style': There is no layer 'relu7' in mine; the nearest are ")]
    [InlineData("\"licence\": \"Mine.\"", "\"weights\": \"other.safetensors\"", "The weights 'other.safetensors' of 'mine.json' are missing; looked for ")]
    public void Each_mistake_is_said_in_one_sentence(string right, string wrong, string message)
    {
        var json = right.Length == 0 ? wrong : Whole.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Whole, json);
        Fails(() => Load(json), message);
    }

    [Fact]
    public void A_network_without_convolutions_and_a_missing_file_are_refused()
    {
        Fails(() => Load("""{ "layers": [ { "kind": "relu", "name": "relu1" } ] }"""), "'mine.json' has no convolution among its layers; a loss network needs at least one.");
        Fails(() => LossNetwork.Load("none.json"), "There is no network description 'none.json'; looked for ");
    }

    [Fact]
    public void Cut_off_or_damaged_descriptions_are_refused_without_more_than_a_sentence()
    {
        var random = new Random(5);
        for (int round = 0; round < 300; round++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(Whole);
            if (round % 2 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            else
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Load(bytes);
            }
            catch (StyleLabException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }
        }
    }

    private LossNetwork Load(string json) => Load(System.Text.Encoding.UTF8.GetBytes(json));

    private LossNetwork Load(byte[] json)
    {
        File.WriteAllBytes(Path.Combine(_folder, "mine.json"), json);
        using (var stream = File.Create(Path.Combine(_folder, "mine.safetensors")))
            Safetensors.Write(stream, Tensors());
        return LossNetwork.Load(Path.Combine(_folder, "mine.json"));
    }

    private static Dictionary<string, WeightArray> Tensors()
    {
        var random = new Random(1);
        WeightArray Of(double low, double high, params int[] shape) =>
            new(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(low + (high - low) * random.NextDouble()))]);
        return new()
        {
            ["stem.0.weight"] = Of(-1, 1, 16, 3, 5, 5),
            ["stem.1.weight"] = Of(0.5, 2, 16), ["stem.1.bias"] = Of(-1, 1, 16), ["stem.1.running_mean"] = Of(-1, 1, 16), ["stem.1.running_var"] = Of(0.1, 3, 16),
            ["conv2.weight"] = Of(-1, 1, 4, 16, 2, 2), ["conv2.bias"] = Of(-1, 1, 4),
        };
    }

    /// <summary>Plain loops, zeros beyond the edge.</summary>
    private static float[] Convolve(
        float[] x, int channels, int height, int width, WeightArray weight, int stride, int padding, out int outHeight, out int outWidth)
    {
        int outputs = weight.Shape[0], size = weight.Shape[2];
        outHeight = (height + 2 * padding - size) / stride + 1;
        outWidth = (width + 2 * padding - size) / stride + 1;
        var y = new float[outputs * outHeight * outWidth];
        for (int k = 0; k < outputs; k++)
            for (int row = 0; row < outHeight; row++)
                for (int column = 0; column < outWidth; column++)
                {
                    double sum = 0;
                    for (int c = 0; c < channels; c++)
                        for (int i = 0; i < size; i++)
                            for (int j = 0; j < size; j++)
                            {
                                int r = row * stride + i - padding, q = column * stride + j - padding;
                                if ((uint)r < (uint)height && (uint)q < (uint)width)
                                    sum += (double)x[(c * height + r) * width + q] * weight.Values[((k * channels + c) * size + i) * size + j];
                            }
                    y[(k * outHeight + row) * outWidth + column] = (float)sum;
                }
        return y;
    }

    private static void Fails(Action action, string message)
    {
        var error = Assert.Throws<StyleLabException>(action);
        Assert.Contains(message, error.Message);
    }
}
