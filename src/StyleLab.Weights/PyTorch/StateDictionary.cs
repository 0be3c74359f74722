using System.Globalization;

namespace StyleLab.Weights.PyTorch;

/// <summary>
/// The tensors in what a pickle made, by name. Inside containers a name is the path, joined by dots:
/// <c>state_dict.features.0.weight</c> in a checkpoint. Whatever is no tensor is left out.
/// </summary>
internal static class StateDictionary
{
    // A container may hold another twice, and so on: as many paths as there are particles in the universe.
    private const int MostSteps = 200_000, Deepest = 16, LongestPath = 300;

    public static IReadOnlyDictionary<string, PickledTensor> Tensors(object? root)
    {
        var tensors = new Dictionary<string, PickledTensor>();
        var steps = 0;
        Walk("", root, 0);
        return tensors;

        void Walk(string path, object? value, int depth)
        {
            if (++steps > MostSteps || depth > Deepest || path.Length > LongestPath)
                throw new InvalidDataException("its containers are nested without end, or their names are too long.");
            if (value is PickledTensor tensor)
                tensors[path.Length == 0 ? "tensor" : path] = tensor;
            else
                foreach (var (name, item) in Items(value))
                    Walk(path.Length == 0 ? name : $"{path}.{name}", item, depth + 1);
        }
    }

    private static IEnumerable<(string Name, object? Item)> Items(object? value) => value switch
    {
        PickledDictionary dictionary => dictionary.Items.Where(item => item.Key is string or long && MayHoldTensors(item.Value))
            .Select(item => (Convert.ToString(item.Key, CultureInfo.InvariantCulture)!, item.Value)),
        PickledTuple tuple => Numbered(tuple.Items),
        List<object?> list => Numbered(list),
        _ => [],
    };

    private static IEnumerable<(string, object?)> Numbered(IReadOnlyList<object?> items) =>
        items.Select((item, i) => (Item: item, Index: i)).Where(entry => MayHoldTensors(entry.Item))
            .Select(entry => (entry.Index.ToString(CultureInfo.InvariantCulture), entry.Item));

    // A list of a million losses is not walked.
    private static bool MayHoldTensors(object? value) => value is PickledTensor or PickledDictionary or PickledTuple or List<object?>;
}
