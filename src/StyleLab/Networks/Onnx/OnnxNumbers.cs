using StyleLab.Weights;
using StyleLab.Weights.Onnx;

namespace StyleLab.Networks.Onnx;

/// <summary>
/// The numbers of a graph, and what exporters have computed from them at run time, such as the widths of a border: that is computed here
/// once. However often a file names them, they take no more memory than a multiple of its length.
/// </summary>
internal sealed partial class OnnxNumbers
{
    private const long MostFolded = 1 << 20, MostFoldedTogether = 1 << 22;

    private readonly Stream _stream;
    private readonly string _what;
    private readonly Dictionary<string, StoredTensor> _tensors = [];
    private readonly Dictionary<string, WeightArray> _read = [];
    private readonly long _mostTaken;
    private long _taken, _folded;

    public OnnxNumbers(OnnxGraph graph, Stream stream, string what, IReadOnlyDictionary<string, WeightArray>? given)
    {
        (_stream, _what) = (stream, what);
        foreach (var tensor in graph.Tensors)
            if (!_tensors.TryAdd(tensor.Name, tensor))
                throw new StyleLabException($"{what} is not an ONNX file that can be read: it holds two tensors {Quoted.Text(tensor.Name)}.");
        foreach (var (name, numbers) in given ?? new Dictionary<string, WeightArray>())
            _read[name] = numbers;
        Names = [.. _tensors.Keys, .. _read.Keys];
        // Each number is once as it was read and once as it is used.
        _mostTaken = 2 * Math.Max(1 << 20, stream.Length);
    }

    /// <summary>The tensors that come with the graph.</summary>
    public HashSet<string> Names { get; }

    /// <summary>A tensor that comes with the graph.</summary>
    public WeightArray Read(string name) => _read.TryGetValue(name, out var numbers) ? numbers : _read[name] = Read(_tensors[name]);

    /// <summary>Says that so many more numbers are kept.</summary>
    /// <exception cref="StyleLabException">These are more than the file can be the reason of.</exception>
    public void Take(long count)
    {
        _taken += count;
        if (_taken > _mostTaken)
            throw new StyleLabException($"{_what} cannot be used as a loss network: its operations share their numbers so often that they are more than {_mostTaken}.");
    }

    /// <summary>Runs what reads a file, and says what is wrong with it in a sentence.</summary>
    public static T Explained<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new StyleLabException($"{what} is not an ONNX file that can be read: {(error is EndOfStreamException ? "it ends too early; it may be cut off." : error.Message)}", error);
        }
    }

    private WeightArray Read(StoredTensor tensor)
    {
        Take(tensor.Count);
        var numbers = Explained(_what, () => new WeightArray(tensor.Shape, TensorReader.Read(_stream, tensor)));
        return Array.TrueForAll(numbers.Values, float.IsFinite) ? numbers : throw new StyleLabException(
            $"{_what} is damaged: its tensor {Quoted.Text(tensor.Name)} holds values that are not numbers (NaN or infinity).");
    }

    /// <summary>The result of an operation on numbers alone.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="inputs">What goes in; null for what is left out.</param>
    /// <exception cref="StyleLabException">The operation is not one of those that are computed, or makes too many numbers.</exception>
    public WeightArray Folded(OnnxOperation operation, IReadOnlyList<WeightArray?> inputs)
    {
        var result = operation.Kind == "Constant" && operation.Tensor("value") is { } tensor ? Read(tensor) : Compute(operation, inputs);
        _folded += result.Values.Length;
        return _folded <= MostFoldedTogether ? result : throw operation.Refused($"makes the numbers that are computed beforehand more than {MostFoldedTogether}");
    }
}
