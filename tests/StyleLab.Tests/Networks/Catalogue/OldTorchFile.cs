using static StyleLab.Tests.Weights.PickleBytes;

namespace StyleLab.Tests.Networks.Catalogue;

/// <summary>
/// A file as torchvision's VGG files are: the old form of torch.save, tensors named <c>features.N.weight</c>, a classifier after
/// them. Its numbers are small multiples of 1/64 that differ from tensor to tensor.
/// </summary>
internal static class OldTorchFile
{
    public static byte[] Of(Architecture architecture, int seed = 1, bool ownNames = false)
    {
        var random = new Random(seed);
        var tensors = new List<(string Name, int[] Shape)>();
        foreach (var layer in architecture.Convolutions)
        {
            var name = ownNames ? layer.Name : $"features.{architecture.Layers.ToList().IndexOf(layer)}";
            tensors.Add((name + ".weight", [layer.Outputs, layer.Inputs, 3, 3]));
            tensors.Add((name + ".bias", [layer.Outputs]));
        }
        tensors.Add(("classifier.0.weight", [40, 128]));
        tensors.Add(("classifier.0.bias", [40]));

        var (pickle, keys) = (new List<object> { "ccollections\nOrderedDict\n)R(" }, new List<object> { "](" });
        using var numbers = new MemoryStream();
        for (var i = 0; i < tensors.Count; i++)
        {
            var (name, shape) = tensors[i];
            var count = shape.Aggregate(1, (a, b) => a * b);
            pickle.Add(Join(Text(name), Tensor(shape, count, $"{1000 + i}")));
            keys.Add(Text($"{1000 + i}"));
            numbers.Write(BitConverter.GetBytes((long)count));
            var values = new byte[4 * count];
            var (first, step) = (random.Next(16), 2 * random.Next(8) + 1);
            for (var j = 0; j < count; j++)
                BitConverter.TryWriteBytes(values.AsSpan(4 * j), ((first + step * j) % 16 - 8) / 64f);
            numbers.Write(values);
        }
        pickle.Add("u}"); // and no attributes
        pickle.Add("b");
        keys.Add("e");
        return Join(
            Pickle("\x8a\x0a", Convert.FromHexString("6CFC9C46F9206AA85019")), Pickle("M\xe9\x03"), Pickle("}", Text("little_endian"), "\x88s"),
            Pickle([.. pickle]), Pickle([.. keys]), numbers.ToArray());
    }

    private static byte[] Tensor(int[] shape, int count, string key)
    {
        var strides = new long[shape.Length];
        for (var (axis, stride) = (shape.Length - 1, 1L); axis >= 0; stride *= shape[axis--])
            strides[axis] = stride;
        return Join(
            "ctorch._utils\n_rebuild_tensor_v2\n((", Text("storage"), "ctorch\nFloatStorage\n", Text(key), Text("cpu"), Number(count), "NtQ",
            Number(0), Tuple([.. shape.Select(size => (long)size)]), Tuple(strides), "\x89}tR");
    }
}
