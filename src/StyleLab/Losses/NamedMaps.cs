using System.Collections;
using System.Diagnostics.CodeAnalysis;
using StyleLab.Networks;
using StyleLab.Tensors;

namespace StyleLab.Losses;

/// <summary>Feature maps by the names of their layers, in network order; a layer that was not asked for is named in the error.</summary>
internal sealed class NamedMaps(IReadOnlyDictionary<string, Tensor> maps) : IReadOnlyDictionary<string, Tensor>
{
    public Tensor this[string layer] => maps.TryGetValue(layer, out var map)
        ? map
        : throw new StyleLabException(
            $"The loss asks for the map of {Quoted.Text(layer)} but its layers are {string.Join(", ", maps.Keys)}; add the layer to the layers of Loss.Custom.");

    public IEnumerable<string> Keys => maps.Keys;

    public IEnumerable<Tensor> Values => maps.Values;

    public int Count => maps.Count;

    public bool ContainsKey(string key) => maps.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value) => maps.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => maps.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
