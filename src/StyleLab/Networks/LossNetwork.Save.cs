using System.Text;
using StyleLab.Networks;

namespace StyleLab;

// Networks as files.
public sealed partial class LossNetwork
{
    /// <summary>
    /// Writes the network so that <see cref="Load"/> reads it again: to a <c>.safetensors</c> file when its architecture is one that is known,
    /// or to a description <c>.json</c> with a <c>.safetensors</c> file beside it. Pooling and padding are chosen when loading.
    /// </summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <exception cref="StyleLabException">The path has another ending, cannot be written, or the network is not of a kind the form can hold.</exception>
    public void Save(string path)
    {
        var weights = Path.ChangeExtension(path, ".safetensors");
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".safetensors" when Architecture.Known.Any(known => ReferenceEquals(known.Layers, Architecture.Layers)):
                WholeFile.Write(weights, WriteWeights);
                break;
            case ".safetensors":
                throw new StyleLabException(
                    $"A .safetensors file does not say what layers {Name} has; save it as {Quoted.Text(Path.ChangeExtension(path, ".json"))}, which writes both.");
            case ".json":
                var description = DescriptionWriter.Write(_skipping ?? this, Path.GetFileName(weights), _skipping is null ? Striding.Skip : Striding);
                WholeFile.Write(weights, WriteWeights);
                WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(description)));
                break;
            default:
                throw new StyleLabException($"A network is saved as a .json or .safetensors file; {Quoted.Text(path)} is neither.");
        }
    }

    // As they were before strides were averaged.
    private void WriteWeights(Stream stream)
    {
        var network = _skipping ?? this;
        Safetensors.Write(stream, network.Architecture.Convolutions.SelectMany(layer => new KeyValuePair<string, WeightArray>[]
        {
            new(layer.Name + ".weight", network.Weights(layer.Name).Weight), new(layer.Name + ".bias", network.Weights(layer.Name).Bias),
        }), metadata: Metadata());
    }

    private Dictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string> { ["input"] = Architecture.Input.ToString() };
        if (Architecture == Architecture.Untrained)
            metadata[Architecture.UntrainedMark] = "true";
        return metadata;
    }
}
