using StyleLab.Networks;

namespace StyleLab.Tests.Networks;

public sealed class LossNetworkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-networks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_embedded_network_loads_and_is_the_published_file()
    {
        var network = LossNetwork.Load("vgg19-slim");
        Assert.Equal("vgg19-slim", network.Name);
        Assert.Same(Architecture.Vgg19Slim.Layers, network.Architecture.Layers);
        Assert.Equal(Preprocessing.Torchvision.ToString(), network.Architecture.Input.ToString());
        Assert.Equal(Pooling.Average, network.Pooling);
        Assert.True(network.Source.IsEmbedded);
        Assert.Equal("0f507441a48d8362830305f66ff2c91fcc131bf4af85a8b18f93745e11916aef", network.Source.Sha256);
        Assert.Equal(2_508_496, network.Source.Bytes);
        foreach (var layer in network.Architecture.Convolutions)
        {
            Assert.Equal([layer.Outputs, layer.Inputs, 3, 3], network.Weights(layer.Name).Weight.Shape);
            Assert.Equal([layer.Outputs], network.Weights(layer.Name).Bias.Shape);
        }
        Assert.Equal("Loss network vgg19-slim: 16 convolutions, average pooling", network.ToString());
    }

    // Plain loops over what LossNetwork says about itself: weights, order of layers and input convention are PyTorch's.
    [Theory]
    [InlineData("features_reflect_average", Pooling.Average, true)]
    [InlineData("features_zero_max", Pooling.Max, false)]
    public void Its_layers_give_the_features_that_pytorch_gives(string file, Pooling pooling, bool reflect)
    {
        var network = LossNetwork.Load("VGG19-slim", pooling);
        var expected = Golden.ReadFeatures(file);
        var picture = Golden.Read("pictures")["picture"];
        var (height, width) = (picture.Shape[2], picture.Shape[3]);
        var input = network.Architecture.Input;
        var map = new float[3][,];
        for (var c = 0; c < 3; c++)
        {
            var plane = input.PictureChannel(c) * height * width;
            map[c] = PlainLayers.Plane(height, width, (y, x) => input.Scale(c) * picture.Values[plane + y * width + x] + input.Offset(c));
        }
        Compare("input");
        foreach (var layer in network.Architecture.Layers)
        {
            map = layer switch
            {
                ConvolutionLayer => PlainLayers.Convolve(map, network.Weights(layer.Name), reflect),
                ReluLayer => PlainLayers.Relu(map),
                _ => PlainLayers.Pool(map, network.Pooling),
            };
            Compare(layer.Name);
        }

        void Compare(string name) => Assert.InRange(
            Golden.RelativeError(map.SelectMany(plane => plane.Cast<float>()).ToArray(), expected[name].Values), 0, 1e-5);
    }

    [Fact]
    public void Another_pooling_shares_the_weights()
    {
        var network = LossNetwork.Load("vgg19-slim");
        var other = network.WithPooling(Pooling.Max);
        Assert.Equal((Pooling.Average, Pooling.Max), (network.Pooling, other.Pooling));
        Assert.Same(network.Weights("conv3_2").Weight.Values, other.Weights("conv3_2").Weight.Values);
        Assert.Same(network, network.WithPooling(Pooling.Average));
        Assert.Throws<StyleLabException>(() => network.WithPooling((Pooling)7));
    }

    [Fact]
    public void An_unknown_convolution_lists_the_nearest()
    {
        var error = Assert.Throws<StyleLabException>(() => LossNetwork.Load("vgg19-slim").Weights("conv5_5"));
        Assert.Equal("There is no convolution 'conv5_5' in vgg19-slim; the nearest are conv5_4, conv5_3, conv4_4.", error.Message);
    }

    [Theory]
    [InlineData("vgg19")]
    [InlineData("vgg16")]
    [InlineData("vgg19-slim")]
    [InlineData("squeezenet1_1")]
    public void Each_architecture_is_recognised_under_both_ways_of_naming(string name)
    {
        var architecture = Architecture.Known.Single(known => known.Name == name);
        foreach (var tensors in new[] { Tensors(architecture), TorchvisionTensors(architecture) })
        {
            var file = ReadFile(tensors);
            Assert.Same(architecture.Layers, file.Architecture.Layers);
            var marked = architecture.Convolutions.ElementAt(MarkedConvolution);
            Assert.Equal([7f], file.Weights[marked.Name].Bias.Values.Distinct());
            Assert.All(file.Weights.Where(weights => weights.Key != marked.Name), weights => Assert.Equal(0f, weights.Value.Bias.Values[0]));
        }
    }

    [Fact]
    public void A_file_of_the_users_loads_in_any_number_type_and_says_where_it_came_from()
    {
        var path = Path.Combine(_folder, "mine.safetensors");
        Write(path, Tensors(Architecture.Vgg19Slim), half: true);
        var network = LossNetwork.Load(path, Pooling.Max);
        Assert.Equal(("mine", Pooling.Max), (network.Name, network.Pooling));
        Assert.Equal((false, path), (network.Source.IsEmbedded, network.Source.Location));
        Assert.Equal(7f, network.Weights("conv3_2").Bias.Values[^1]);
    }

    [Fact]
    public void The_input_convention_can_come_with_the_file()
    {
        var tensors = Tensors(Architecture.Vgg19Slim);
        var caffe = ReadFile(tensors, new() { ["input"] = Preprocessing.Caffe.ToString() });
        Assert.Equal(Preprocessing.Caffe.ToString(), caffe.Architecture.Input.ToString());
        Assert.Equal(Preprocessing.Torchvision, ReadFile(tensors).Architecture.Input);
        var error = Assert.Throws<StyleLabException>(() => ReadFile(tensors, new() { ["input"] = "brg" }));
        Assert.StartsWith("The metadata of The file has a wrong input: 'brg' is not an input convention;", error.Message);
    }

    [Fact]
    public void Classifier_tensors_are_left_out()
    {
        var tensors = TorchvisionTensors(Architecture.Vgg19Slim);
        tensors["classifier.0.weight"] = new([2, 2], [float.NaN, 0, 0, 0]);
        Assert.Equal(16, ReadFile(tensors).Weights.Count);
    }

    [Fact]
    public void What_training_programs_put_around_the_names_is_left_out()
    {
        var tensors = TorchvisionTensors(Architecture.Vgg19Slim).ToDictionary(tensor => "state_dict.module." + tensor.Key, tensor => tensor.Value);
        Assert.Equal([7f], ReadFile(tensors).Weights["conv3_2"].Bias.Values.Distinct());
        tensors["features.2.bias"] = new([16], new float[16]);
        Refused(tensors, "The file holds several tensors 'features.2.bias'; save the network to be used alone.");
    }

    [Fact]
    public void A_file_that_differs_says_in_which_tensor()
    {
        var tensors = Tensors(Architecture.Vgg19Slim);
        tensors["conv3_2.weight"] = new([64, 32, 3, 3], new float[64 * 32 * 9]);
        Refused(tensors, "The file is none of the known networks (vgg19, vgg16, vgg19-slim, squeezenet1_1); it is nearest to vgg19-slim, but its tensor conv3_2.weight has shape [64, 32, 3, 3] where [64, 64, 3, 3] was expected.");

        tensors = Tensors(Architecture.Vgg19Slim);
        tensors.Remove("conv5_4.bias");
        Refused(tensors, "nearest to vgg19-slim, but its tensor conv5_4.bias of shape [128] is missing.");

        tensors = Tensors(Architecture.Vgg19Slim);
        tensors["conv6_1.bias"] = new([1], [0]);
        Refused(tensors, "nearest to vgg19-slim, but it has a tensor 'conv6_1.bias' of shape [1] too many.");

        tensors = TorchvisionTensors(Architecture.Vgg19Slim);
        tensors["features.2.bias"] = new([17], new float[17]);
        Refused(tensors, "its tensor features.2.bias has shape [17] where [16] was expected.");

        Refused(new() { ["layer"] = new([1], [0]) }, "The file holds no convolutions; expected tensors named conv1_1.weight and conv1_1.bias, …, or features.0.weight and features.0.bias, …; other names need a description in a .json file (docs/networks.md).");

        tensors = Tensors(Architecture.Vgg19Slim);
        tensors["conv2_1.weight"].Values[5] = float.NaN;
        Refused(tensors, "The file is damaged: its tensor conv2_1.weight holds values that are not numbers (NaN or infinity).");
    }

    [Theory]
    [InlineData("vgg19_slim", "vgg19-slim")]
    [InlineData("vgg-19", "vgg19")]
    [InlineData("", "vgg19")]
    [InlineData("a\0/b", "vgg19")]
    public void An_unknown_name_suggests_a_known_one_and_a_file(string name, string nearest)
    {
        var error = Assert.Throws<StyleLabException>(() => LossNetwork.Load(name));
        Assert.Equal(
            $"There is no network '{name.Replace('\0', '?')}'; did you mean '{nearest}'? Known are {string.Join(", ", LossNetwork.Names)} and random weights such as vgg19-random:1, or give the path of a .safetensors, .pth, .npz or .onnx file with their weights, or of a .json description.",
            error.Message);
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_file_of_another_kind_are_refused()
    {
        Fails(Path.Combine(_folder, "none.safetensors"), "There is no network file ");
        Fails("none.safetensors", $"There is no network file 'none.safetensors'; looked for {Path.GetFullPath("none.safetensors")}.");
        Fails(_folder, "is a folder; give the path of a .safetensors, .pth, .npz or .onnx file.");
        var text = Path.Combine(_folder, "notes.safetensors");
        File.WriteAllText(text, "These are not the weights that you are looking for.");
        Fails(text, "'notes.safetensors' holds text; expected a file of weights: .safetensors, .pth, .pt, .npz, .npy or .onnx.");

        static void Fails(string path, string message) =>
            Assert.Contains(message, Assert.Throws<StyleLabException>(() => LossNetwork.Load(path)).Message);
    }

    private const int MarkedConvolution = 5;

    private static void Refused(Dictionary<string, WeightArray> tensors, string message) =>
        Assert.EndsWith(message, Assert.Throws<StyleLabException>(() => ReadFile(tensors)).Message);

    private static NetworkFile ReadFile(Dictionary<string, WeightArray> tensors, Dictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors, half: true, metadata);
        stream.Position = 0;
        return NetworkFile.Read(stream, "file", "The file", sha256 => new(false, "file", stream.Length, sha256, "None."));
    }

    private static void Write(string path, Dictionary<string, WeightArray> tensors, bool half)
    {
        using var stream = File.Create(path);
        Safetensors.Write(stream, tensors, half);
    }

    /// <summary>Zeros, but 7 in the biases of one convolution: conv3_2 of a VGG-19.</summary>
    private static Dictionary<string, WeightArray> Tensors(Architecture architecture, Func<ConvolutionLayer, string>? key = null)
    {
        var tensors = new Dictionary<string, WeightArray>();
        foreach (var layer in architecture.Convolutions)
        {
            var name = key is null ? layer.Name : key(layer);
            var bias = new float[layer.Outputs];
            Array.Fill(bias, layer == architecture.Convolutions.ElementAt(MarkedConvolution) ? 7 : 0);
            tensors[name + ".weight"] = new(layer.WeightShape, new float[layer.Outputs * layer.Inputs * layer.Size * layer.Size]);
            tensors[name + ".bias"] = new([layer.Outputs], bias);
        }
        return tensors;
    }

    private static Dictionary<string, WeightArray> TorchvisionTensors(Architecture architecture)
    {
        // From torchvision's documentation of its files, not from our list of layers.
        string[] keys = architecture.Name switch
        {
            "vgg16" => [.. new[] { 0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28 }.Select(number => $"features.{number}")],
            "squeezenet1_1" => ["features.0", .. from fire in new[] { 3, 4, 6, 7, 9, 10, 11, 12 }
                                                 from part in new[] { "squeeze", "expand1x1", "expand3x3" }
                                                 select $"features.{fire}.{part}"],
            _ => [.. new[] { 0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34 }.Select(number => $"features.{number}")],
        };
        return Tensors(architecture, layer => keys[architecture.Convolutions.ToList().IndexOf(layer)]);
    }
}
