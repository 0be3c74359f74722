namespace StyleLab.Weights.PyTorch;

/// <summary>
/// The names of Python that a pickle may ask for. Each stands for code of ours that makes a tensor or a container; a file that
/// asks for any other name is refused, whatever it meant to do with it.
/// </summary>
internal sealed class TorchName
{
    private readonly string _name;
    private readonly Func<IReadOnlyList<object?>, object?>? _call;

    private TorchName(string name, Func<IReadOnlyList<object?>, object?>? call, NumberType? storage = null) =>
        (_name, _call, Storage) = (name, call, storage);

    private static readonly Dictionary<string, TorchName> _known = new TorchName[]
    {
        new("collections.OrderedDict", OrderedDictionary),
        new("torch._utils._rebuild_tensor", Tensor),
        new("torch._utils._rebuild_tensor_v2", Tensor),
        new("torch._utils._rebuild_parameter", Parameter),
        new("torch.Size", arguments => arguments is [PickledTuple or List<object?>] ? arguments[0] : throw Misused("torch.Size")),
    }.Concat(Storages("torch")).Concat(Storages("torch.cuda")).ToDictionary(known => known._name);

    /// <summary>The type of numbers, if the name is that of a class of storages.</summary>
    public NumberType? Storage { get; }

    /// <exception cref="InvalidDataException">The name has nothing to do with tensors.</exception>
    public static TorchName Find(string module, string name) => _known.TryGetValue($"{module}.{name}", out var known)
        ? known
        : throw new InvalidDataException(
            $"it asks for {Quoted.Text($"{module}.{name}")}, and only what makes tensors is followed; "
            + "in PyTorch, save the tensors alone: torch.save(model.state_dict(), file).");

    /// <exception cref="InvalidDataException">The name cannot be called with these.</exception>
    public object? Call(IReadOnlyList<object?> arguments) => _call is null ? throw Misused(_name) : _call(arguments);

    private static IEnumerable<TorchName> Storages(string module) => new (string Name, NumberType Type)[]
    {
        ("Double", NumberType.Float64), ("Float", NumberType.Float32), ("Half", NumberType.Float16), ("BFloat16", NumberType.BFloat16),
        ("Long", NumberType.Int64), ("Int", NumberType.Int32), ("Short", NumberType.Int16), ("Char", NumberType.Int8),
        ("Byte", NumberType.UInt8), ("Bool", NumberType.Bool),
        ("ComplexFloat", new("complex64", 8, null)), ("ComplexDouble", new("complex128", 16, null)),
    }.Select(type => new TorchName($"{module}.{type.Name}Storage", null, type.Type));

    // Python 2 gives the pairs as lists in a list, Python 3 puts them in later.
    private static PickledDictionary OrderedDictionary(IReadOnlyList<object?> arguments)
    {
        var dictionary = new PickledDictionary();
        if (arguments is [List<object?> pairs])
            foreach (var pair in pairs)
                dictionary.Items.Add(pair switch
                {
                    List<object?> and [var key, var value] => (key, value),
                    PickledTuple { Items: [var key, var value] } => (key, value),
                    _ => throw Misused("collections.OrderedDict"),
                });
        else if (arguments.Count > 0)
            throw Misused("collections.OrderedDict");
        return dictionary;
    }

    // Storage, offset, size, stride; what follows is about gradients.
    private static PickledTensor Tensor(IReadOnlyList<object?> arguments) =>
        arguments is [PickledStorage storage, long offset, var shape, var strides, ..] && Integers(shape) is { } sizes && Integers(strides) is { } steps
            ? new(storage, offset, sizes, steps)
            : throw Misused("torch._utils._rebuild_tensor_v2");

    private static PickledTensor Parameter(IReadOnlyList<object?> arguments) =>
        arguments is [PickledTensor tensor, ..] ? tensor : throw Misused("torch._utils._rebuild_parameter");

    private static long[]? Integers(object? value) => value switch
    {
        PickledTuple tuple when tuple.Items.All(item => item is long) => [.. tuple.Items.Cast<long>()],
        List<object?> list when list.All(item => item is long) => [.. list.Cast<long>()],
        _ => null,
    };

    private static InvalidDataException Misused(string name) => new($"it uses {name} as PyTorch does not.");
}
