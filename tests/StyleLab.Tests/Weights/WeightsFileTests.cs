namespace StyleLab.Tests.Weights;

public class WeightsFileTests
{
    // Files of PyTorch and NumPy in every type and layout, and what they say is in them; see tests/golden/make_weights.py.
    [Theory]
    [InlineData("zip_2.pth", "torch")]
    [InlineData("zip_4.pth", "torch")]
    [InlineData("stream_2.pth", "torch")]
    [InlineData("stream_4.pth", "torch")]
    [InlineData("python2.pth", "python2")]
    [InlineData("stored.npz", "numpy")]
    [InlineData("compressed.npz", "numpy")]
    public void Every_type_and_layout_is_read_as_it_was_written(string name, string expected)
    {
        using var file = WeightsFile.Open(PathOf(name));
        var tensors = Golden.Read($"weights/{expected}");
        Assert.Equal(tensors.Keys.Order(), file.Tensors.Select(tensor => tensor.Name).Order());
        foreach (var tensor in file.Tensors)
        {
            Assert.Equal(tensors[tensor.Name].Shape, tensor.Shape);
            Assert.Equal(tensors[tensor.Name].Shape, file.Read(tensor.Name).Shape);
            Assert.Equal(tensors[tensor.Name].Values, file.Read(tensor.Name).Values);
        }
    }

    [Fact]
    public void Names_types_and_sizes_are_there_before_the_numbers()
    {
        using var file = WeightsFile.Open(PathOf("stream_2.pth"));
        Assert.Equal(
            ["float64 float64 [2, 3]", "float32 float32 [2, 3]", "float16 float16 [2, 3]", "bfloat16 bfloat16 [2, 3]", "int64 int64 [2, 3]"],
            file.Tensors.Take(5).Select(tensor => tensor.ToString()));
        Assert.Contains("number float32 []", file.Tensors.Select(tensor => tensor.ToString()));
    }

    [Fact]
    public void A_checkpoint_gives_its_tensors_by_path_and_leaves_out_the_rest()
    {
        using var file = WeightsFile.Open(PathOf("checkpoint.pth"));
        foreach (var (name, tensor) in Golden.Read("weights/checkpoint"))
            Assert.Equal(tensor.Values, file.Read(name).Values);
        Assert.Contains("optimizer.state.0.momentum_buffer float32 [4, 3, 3, 3]", file.Tensors.Select(tensor => tensor.ToString()));
        Assert.DoesNotContain(file.Tensors, tensor => tensor.Name is "epoch" or "loss");
    }

    [Theory]
    [InlineData("bare.pt", "tensor")]
    [InlineData("version_1.npy", "arr_0")]
    public void A_tensor_without_a_name_gets_one(string name, string expected)
    {
        using var file = WeightsFile.Open(PathOf(name));
        Assert.Equal([expected], file.Tensors.Select(tensor => tensor.Name));
    }

    // The first bytes that the other programs write, as their formats say.
    [Theory]
    [InlineData("894844460D0A1A0A0000000000080800", "an HDF5 file, as Keras writes (.h5)")]
    [InlineData("4D41544C414220352E30204D41542D66696C652C", "a MATLAB file (.mat)")]
    [InlineData("0400000001000000030000005620310D0000006E6E2E53657175656E7469616C", "a Torch 7 file (.t7)")]
    [InlineData("340A310A330A5620310A31330A", "a Torch 7 file (.t7)")]
    [InlineData("0A0D5647475F494C535652435F3139120C", "a Caffe model (.caffemodel)")]
    [InlineData("0A0E5371756565" + "7A654E65745F76312EA2060C", "a Caffe model (.caffemodel)")]
    [InlineData("1C00000054464C3314002000", "a TensorFlow Lite model (.tflite)")]
    [InlineData("47475546030000000000", "a GGUF file")]
    public void Weights_of_other_programs_are_named_as_what_they_are(string start, string what)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        File.WriteAllBytes(path, [.. Convert.FromHexString(start), .. new byte[100]]);
        try
        {
            string name = Path.GetFileName(path);
            foreach (Action open in new Action[] { () => WeightsFile.Open(path).Dispose(), () => LossNetwork.Load(path) })
                Assert.Equal($"'{name}' is {what}, which is not read; save the weights in the program that made it as .safetensors, .pth, .pt, .npz, .npy or .onnx.",
                    Assert.Throws<StyleLabException>(open).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("version_1.npy")]
    [InlineData("version_2.npy")]
    [InlineData("version_3.npy")]
    public void Every_version_of_npy_is_read(string name)
    {
        using var file = WeightsFile.Open(PathOf(name));
        Assert.Equal(Golden.Read("weights/numpy")["fortran"].Values, file.Read("arr_0").Values);
    }

    [Fact]
    public void Only_the_wanted_numbers_are_read()
    {
        // 64 MB of tensors, of which one small one is asked for.
        var path = Path.GetTempFileName();
        try
        {
            using (var stream = File.Create(path))
                Safetensors.Write(stream, new Dictionary<string, WeightArray>
                {
                    ["large"] = new([4096, 4096], new float[4096 * 4096]),
                    ["small"] = new([2], [3, 4]),
                });
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var file = WeightsFile.Open(path);
            Assert.Equal([3f, 4f], file.Read("small").Values);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("module.pt", "it asks for 'torch.nn.modules.container.Sequential', and only what makes tensors is followed; in PyTorch, save the tensors alone: torch.save(model.state_dict(), file).")]
    [InlineData("objects.npy", "it holds Python objects; only numbers are read.")]
    [InlineData("records.npy", "it holds records of several fields; only numbers are read.")]
    public void A_file_of_something_else_says_what_it_holds(string name, string expected) =>
        Assert.EndsWith("file that can be read: " + expected, Assert.Throws<StyleLabException>(() => WeightsFile.Open(PathOf(name))).Message);

    [Theory]
    [InlineData("complex.npy", "arr_0", "complex128")]
    [InlineData("complex.pt", "z", "complex64")]
    public void Complex_numbers_are_listed_but_not_read(string name, string tensor, string type)
    {
        using var file = WeightsFile.Open(PathOf(name));
        Assert.Equal(type, file.Tensors[0].NumberType);
        var error = Assert.Throws<StyleLabException>(() => file.Read(tensor));
        Assert.EndsWith($"tensor '{tensor}' holds {type} numbers, which are not read.", error.Message);
    }

    [Fact]
    public void A_name_that_is_not_there_suggests_one_that_is()
    {
        using var file = WeightsFile.Open(PathOf("zip_2.pth"));
        var error = Assert.Throws<StyleLabException>(() => file.Read("float61"));
        Assert.Equal("'zip_2.pth' holds no tensor 'float61'; the nearest is 'float64'.", error.Message);
    }

    [Fact]
    public void What_is_no_file_of_weights_is_refused()
    {
        var picture = Path.Combine(Repository.Folder, "data", "pictures", "village.png");
        Fails(picture, "'village.png' holds a PNG picture; expected a file of weights: .safetensors, .pth, .pt, .npz, .npy or .onnx.");
        Fails(Repository.Folder, "is a folder; give the path of a file of weights");
        Fails("none.pth", $"There is no file 'none.pth'; looked for {Path.GetFullPath("none.pth")}.");

        static void Fails(string path, string message) =>
            Assert.Contains(message, Assert.Throws<StyleLabException>(() => WeightsFile.Open(path)).Message);
    }

    private static string PathOf(string name) => Path.Combine(Repository.Folder, "tests", "golden", "weights", name);
}
