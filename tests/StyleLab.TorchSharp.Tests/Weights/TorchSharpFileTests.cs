using System.IO.Compression;
using StyleLab.LibTorch;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace StyleLab.TorchSharp.Tests.Weights;

/// <summary>Files that TorchSharp itself writes.</summary>
public sealed class TorchSharpFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-");

    public TorchSharpFileTests() => Libtorch.Require();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TheWeightsOfAModuleAreReadAsTheyWereWritten()
    {
        using var module = Sequential(("conv", Conv2d(3, 20, 3)), ("norm", BatchNorm2d(20)), ("half", Conv2d(20, 2, 1).to(torch.bfloat16)));
        string path = At("weights.dat");
        module.save(path);
        using var file = WeightsFile.Open(path);
        var state = module.state_dict();
        Assert.Equal(state.Keys.Order(), file.Tensors.Select(tensor => tensor.Name).Order());
        Assert.Contains("conv.weight float32 [20, 3, 3, 3]", file.Tensors.Select(tensor => tensor.ToString()));
        Assert.Contains("half.bias bfloat16 [2]", file.Tensors.Select(tensor => tensor.ToString()));
        Assert.Contains("norm.num_batches_tracked int64 []", file.Tensors.Select(tensor => tensor.ToString()));
        foreach (var (name, tensor) in state)
            Assert.Equal(tensor.to(torch.float32).flatten().data<float>().ToArray(), file.Read(name).Values);
    }

    [Fact]
    public void ANetworkOfTorchvisionsNamesIsKnown()
    {
        var slim = LossNetwork.Load("vgg19-slim");
        using var module = new Holder(slim.Architecture.Convolutions.SelectMany(layer => new[]
        {
            (layer.Name + ".weight", slim.Weights(layer.Name).Weight), (layer.Name + ".bias", slim.Weights(layer.Name).Bias),
        }));
        string path = At("slim.dat");
        module.Save(path);
        var network = LossNetwork.Load(path);
        Assert.Same(slim.Architecture.Layers, network.Architecture.Layers);
        Assert.Equal(slim.Weights("conv2_1").Weight.Values, network.Weights("conv2_1").Weight.Values);
    }

    [Fact]
    public void ASingleTensorAndAScriptAreNamedAsWhatTheyAre()
    {
        string tensor = At("tensor.dat"), script = At("script.pt");
        using (var writer = new BinaryWriter(File.Create(tensor)))
            torch.rand(3, 200, 7).Save(writer);
        Assert.Contains("is a single tensor of TorchSharp (Tensor.Save), without a name; save the module's weights",
            Assert.Throws<StyleLabException>(() => WeightsFile.Open(tensor)).Message);
        // What torch.jit.save writes, which TorchSharp can only do for what it has loaded.
        using (var archive = ZipFile.Open(script, ZipArchiveMode.Create))
            foreach (string part in new[] { "net/data.pkl", "net/code/__torch__.py", "net/constants.pkl", "net/version" })
                using (var entry = archive.CreateEntry(part, CompressionLevel.NoCompression).Open())
                    entry.Write("\u0080\u0002}."u8);
        string message = Assert.Throws<StyleLabException>(() => WeightsFile.Open(script)).Message;
        Assert.Contains("it is a TorchScript archive, a program with its weights; load it in TorchSharp", message);
    }

    [Fact]
    public void WhatIsCutOffOrDamagedIsRefused()
    {
        using var module = Sequential(("conv", Conv2d(3, 4, 3)), ("last", Conv2d(4, 2, 1)));
        string path = At("weights.dat");
        module.save(path);
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(3);
        for (int round = 0; round < 600; round++)
        {
            byte[] damaged = round < whole.Length ? whole[..round] : [.. whole];
            if (round >= whole.Length)
                damaged[random.Next(40)] = (byte)random.Next(256);
            Refused(damaged, mustFail: round < whole.Length);
        }
        // A name that is announced longer than the file, and dimensions without end.
        Refused([1, 0x0E, .. "conv.weight"u8], mustFail: true);
        Refused([1, 4, .. "conv"u8, 6, 4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], mustFail: true);

        static void Refused(byte[] file, bool mustFail)
        {
            try
            {
                using var weights = WeightsFile.Open(new MemoryStream(file), "'weights.dat'");
                foreach (var tensor in weights.Tensors)
                    weights.Read(tensor.Name);
                Assert.False(mustFail);
            }
            catch (StyleLabException)
            {
            }
        }
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Tensors under names with a dot in them, as a module of modules has them.</summary>
    private sealed class Holder(IEnumerable<(string Name, WeightArray Values)> tensors) : IDisposable
    {
        private readonly Dictionary<string, torch.Tensor> _state = tensors.ToDictionary(
            pair => pair.Name, pair => TorchMemory.Of(pair.Values.Values, [.. pair.Values.Shape.Select(size => (long)size)], torch.CPU));

        public void Save(string path)
        {
            using var writer = new BinaryWriter(File.Create(path));
            Module.save_state_dict(writer, _state);
        }

        public void Dispose()
        {
            foreach (var tensor in _state.Values)
                tensor.Dispose();
        }
    }
}
