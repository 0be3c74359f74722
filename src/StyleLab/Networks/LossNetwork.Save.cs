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
                WriteWhole(weights, WriteWeights);
                break;
            case ".safetensors":
                throw new StyleLabException(
                    $"A .safetensors file does not say what layers {Name} has; save it as {Quoted.Text(Path.ChangeExtension(path, ".json"))}, which writes both.");
            case ".json":
                var description = DescriptionWriter.Write(this, Path.GetFileName(weights));
                WriteWhole(weights, WriteWeights);
                WriteWhole(path, stream => stream.Write(Encoding.UTF8.GetBytes(description)));
                break;
            default:
                throw new StyleLabException($"A network is saved as a .json or .safetensors file; {Quoted.Text(path)} is neither.");
        }
    }

    private void WriteWeights(Stream stream) => Safetensors.Write(
        stream,
        Architecture.Convolutions.SelectMany(layer => new KeyValuePair<string, WeightArray>[]
        {
            new(layer.Name + ".weight", Weights(layer.Name).Weight), new(layer.Name + ".bias", Weights(layer.Name).Bias),
        }),
        metadata: new Dictionary<string, string> { ["input"] = Architecture.Input.ToString() });

    // Written beside the target and renamed, so that a full disk or a killed process never leaves half a network.
    private static void WriteWhole(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = File.Create(temporary))
                write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException($"{path} cannot be written: {error.Message}", error);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
