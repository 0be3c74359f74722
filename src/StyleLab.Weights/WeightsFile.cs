using StyleLab.Weights;

namespace StyleLab;

/// <summary>
/// A file of named tensors: safetensors, PyTorch (<c>.pth</c>, <c>.pt</c>, old and new form), NumPy (<c>.npz</c>, <c>.npy</c>), ONNX (<c>.onnx</c>),
/// told apart by their contents. Names, types and sizes are there at once; numbers are read from the file when asked for.
/// The file is not trusted: nothing in it is run, and nothing is allocated that the file's own length does not back.
/// </summary>
public sealed class WeightsFile : IDisposable
{
    private readonly Stream _stream;
    private readonly string _what;
    private readonly WeightsFormat _format;
    private readonly Dictionary<string, StoredTensor> _tensors = [];
    private readonly Lock _lock = new();

    internal WeightsFile(Stream stream, string what, WeightsFormat format)
    {
        (_stream, _what, _format) = (stream, what, format);
        var index = Explained(() => format.Index(stream));
        Metadata = index.Metadata;
        foreach (var tensor in index.Tensors)
            if (!_tensors.TryAdd(tensor.Name, tensor))
                throw Explain(new InvalidDataException($"it holds two tensors {Quoted.Text(tensor.Name)}."));
        Tensors = [.. index.Tensors.Select(tensor => new WeightInfo(tensor.Name, tensor.Type.Name, tensor.Shape))];
    }

    /// <summary>Opens a file and reads what it announces; dispose to close it.</summary>
    /// <exception cref="StyleLabException">There is no such file, it cannot be read, is damaged, or holds something else.</exception>
    public static WeightsFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new StyleLabException($"{Quoted.Text(path)} is a folder; give the path of a file of weights ({WeightsFormat.Extensions}).");
        Stream? stream = null;
        try
        {
            stream = OrdinaryFile.Open(path, $"a file of weights ({WeightsFormat.Extensions})");
            return Open(stream, Quoted.Text(Path.GetFileName(path)));
        }
        catch (Exception error)
        {
            stream?.Dispose();
            if (error is FileNotFoundException or DirectoryNotFoundException)
                throw new StyleLabException($"There is no file {Quoted.Text(path)}; looked for {Path.GetFullPath(path)}.", error);
            if (error is IOException or UnauthorizedAccessException)
                throw new StyleLabException($"{Quoted.Text(path)} cannot be read: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Reads what a stream announces, from its position on; dispose to close it.</summary>
    /// <param name="stream">The file; it can seek, and is closed with the weights file.</param>
    /// <param name="name">What messages call it at the beginning of a sentence, such as <c>'vgg.pth'</c>.</param>
    /// <exception cref="StyleLabException">It is damaged, or holds something else.</exception>
    public static WeightsFile Open(Stream stream, string name) => new(stream, name, WeightsFormat.Recognise(stream, name));

    /// <summary>What the file holds.</summary>
    public IReadOnlyList<WeightInfo> Tensors { get; }

    /// <summary>Texts that the file carries; only safetensors and ONNX files do.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The numbers of a tensor as float32, in the order of its shape.</summary>
    /// <exception cref="StyleLabException">The file holds no such tensor, is damaged, or the numbers are of a type that is not read.</exception>
    public WeightArray Read(string name)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
            throw new StyleLabException(Tensors.Count == 0
                ? $"{_what} holds no tensors."
                : $"{_what} holds no tensor {Quoted.Text(name)}; the nearest is {Quoted.Text(NearestNames.Find(name, _tensors.Keys, 1)[0])}.");
        lock (_lock)
            return Explained(() => new WeightArray(tensor.Shape, TensorReader.Read(_stream, tensor)));
    }

    /// <summary>The numbers of several tensors as float32, by name.</summary>
    /// <param name="wanted">Says by its name whether a tensor is wanted, such as <c>name =&gt; name.EndsWith(".weight")</c>.</param>
    /// <exception cref="StyleLabException">As <see cref="Read(string)"/>, or together they hold many more numbers than the file backs.</exception>
    public IReadOnlyDictionary<string, WeightArray> Read(Func<string, bool> wanted)
    {
        // Tensors may share their numbers. Beyond a number for each byte of the file that is no saving but an attack.
        var backed = Math.Max(1 << 20, _stream.Length);
        var names = Tensors.Select(tensor => tensor.Name).Where(wanted).ToList();
        if (names.Sum(name => (long)_tensors[name].Count) > backed)
            throw Explain(new InvalidDataException($"its tensors share their numbers so often that they are more than {backed}."));
        return names.ToDictionary(name => name, Read);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private T Explained<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw Explain(error);
        }
    }

    private StyleLabException Explain(Exception error) =>
        new($"{_what} is not a {_format.Name} file that can be read: {(error is EndOfStreamException ? "it ends too early; it may be cut off." : error.Message)}", error);
}
