using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using StyleLab.LibTorch;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using TorchSharp;

namespace StyleLab;

/// <summary>
/// The operations of a plan by libtorch, on a CPU or a GPU. A plan's block of memory is one tensor of torch, and each storage a view of it.
/// The sums of libtorch depend on the number of threads, so that the same bits come from the same number of them only: it stands in the name.
/// </summary>
public sealed partial class TorchEngine : IEngine
{
    private static readonly ConcurrentDictionary<(string Device, int Threads), TorchEngine> s_all = [];

    private readonly ConcurrentDictionary<nint, TorchBlock> _blocks = [];
    private readonly torch.Tensor _zero;
    private readonly int _threads;
    private long _last;

    private TorchEngine(torch.Device device, string name, int threads)
    {
        Device = device;
        _threads = threads;
        _zero = torch.zeros([], torch.float32, device).DetachFromDisposeScope();
        Name = $"torch:{name} by libtorch {LibtorchFolders.Version} with {(threads == 1 ? "1 thread" : $"{threads} threads")}";
        if (device.type != DeviceType.CUDA)
            return;
        // Of the 23 bits of a float's fraction, tensor cores would keep 10.
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = false;
        TorchContext.FixOrderOfCudnn();
    }

    /// <summary>Device, version and number of threads, as recipes have it: <c>torch:cpu by libtorch 2.10.0 with 2 threads</c>.</summary>
    public string Name { get; }

    /// <summary>Where the tensors are.</summary>
    public torch.Device Device { get; }

    /// <summary>The engine of a device, the same one every time.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>mps</c>.</param>
    /// <param name="threads">How many threads compute on the CPU; what STYLELAB_THREADS says, or libtorch itself, if not given.</param>
    /// <exception cref="StyleLabException">libtorch is not here, or has no such device; says what to do.</exception>
    public static TorchEngine On(string device = "cpu", int? threads = null)
    {
        if (!DeviceName().IsMatch(device))
            throw new StyleLabException($"There is no device '{device}' of torch; use cpu, cuda, cuda:1 or mps.");
        if (threads is < 1 or > 1024)
            throw new StyleLabException($"A number of threads is 1 to 1024, got {threads}.");
        Libtorch.Require();
        return s_all.GetOrAdd((device, threads ?? OwnThreads()), key => new(Open(key.Device), key.Device, key.Threads));
    }

    /// <summary>The engine of a name such as <c>torch:cuda</c>, or of what a recipe says.</summary>
    /// <exception cref="StyleLabException">There is none, or it does not run here.</exception>
    public static TorchEngine Named(string name)
    {
        var match = EngineName().Match(name);
        if (!match.Success)
            throw new StyleLabException($"There is no engine '{name}'; write torch, torch:cuda, torch:cuda:1 or torch:mps.");
        return On(match.Groups["device"] is { Success: true, Value: var device } ? device : "cpu",
            match.Groups["threads"] is { Success: true, Value: var threads } ? int.Parse(threads, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The tensor of a storage: a view, valid as long as the plan. Its values change with every run.</summary>
    public torch.Tensor this[Storage storage] => _blocks[storage.Memory][storage];

    /// <inheritdoc/>
    public void RequireMemory(long bytes, long besides)
    {
        // What a GPU has left, torch does not tell; it says so when it allocates.
        bool isHere = Device.type == DeviceType.CPU;
        Engine.Reference.RequireMemory(isHere ? bytes : 0, besides);
    }

    /// <inheritdoc/>
    public nint Allocate(long floats)
    {
        try
        {
            nint memory = (nint)Interlocked.Increment(ref _last);
            _blocks[memory] = new(torch.empty(Math.Max(1, floats), torch.float32, Device));
            return memory;
        }
        catch (ExternalException full) when (full.Message.Contains("memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new InsufficientMemoryException(FormattableString.Invariant(
                $"This needs {floats * sizeof(float) / 1e9:F1} GB of memory on the device '{Device}', which has less left; use a smaller picture."), full);
        }
    }

    /// <inheritdoc/>
    public void Free(nint memory)
    {
        if (_blocks.TryRemove(memory, out var block))
            block.Dispose();
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<float> values, Storage target)
    {
        using var _ = Begin();
        TorchMemory.Write(values, this[target]);
    }

    /// <inheritdoc/>
    public void Read(Storage source, Span<float> values)
    {
        using var _ = Begin();
        TorchMemory.Read(this[source], values);
    }

    /// <inheritdoc/>
    public IFilters PackFilters(float[] weights, Shape shape)
    {
        using var _ = Begin();
        return TorchFilters.Of(TorchMemory.Of(weights, [shape.Batch, shape.Channels, shape.Height, shape.Width], Device));
    }

    /// <summary>Begins an operation: what torch makes until the scope is disposed goes with it.</summary>
    private DisposeScope Begin()
    {
        // Of the thread that calls, and anybody's to change.
        if (torch.get_num_threads() != _threads)
            torch.set_num_threads(_threads);
        return torch.NewDisposeScope();
    }

    private static torch.Device Open(string name)
    {
        try
        {
            if (name.StartsWith("cuda", StringComparison.Ordinal))
                return Cuda(name);
            if (name == "mps" && !torch.mps_is_available())
                throw new StyleLabException("The device 'mps' is the GPU of a Mac with Apple's own processor, which this machine is not.");
            return torch.device(name);
        }
        catch (Exception e) when (e is ExternalException or NotSupportedException or InvalidOperationException)
        {
            throw new StyleLabException($"The device '{name}' of torch cannot be used: {FirstLine(e.Message)}.", e);
        }
    }

    private static torch.Device Cuda(string name)
    {
        if (LibtorchFolders.Find("torch_cuda") is null || !torch.cuda.is_available())
            throw new StyleLabException(
                $"The device '{name}' needs an NVIDIA GPU and libtorch {LibtorchFolders.Version} for CUDA (the package TorchSharp-cuda-linux or TorchSharp-cuda-windows, or its folder in {LibtorchFolders.Variable}); what is here has none.");
        int index = name.Length > 5 ? int.Parse(name.AsSpan(5), CultureInfo.InvariantCulture) : 0;
        return index < torch.cuda.device_count() ? torch.device(DeviceType.CUDA, index)
            : throw new StyleLabException($"There is no device '{name}': this machine has {torch.cuda.device_count()}, counted from cuda:0.");
    }

    private static int OwnThreads() =>
        int.TryParse(Environment.GetEnvironmentVariable("STYLELAB_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= 1024
            ? threads : s_threadsOfLibtorch.Value;

    // Before anybody changes it.
    private static readonly Lazy<int> s_threadsOfLibtorch = new(torch.get_num_threads);

    private static string FirstLine(string text) => text.Split('\n')[0].Trim().TrimEnd('.');

    [GeneratedRegex(@"^(cpu|mps|cuda(:[0-9]{1,3})?)\z")]
    private static partial Regex DeviceName();

    [GeneratedRegex(@"^torch(:(?<device>[^ ]+))?( by libtorch [^ ]+ with (?<threads>[0-9]{1,4}) threads?)?\z")]
    private static partial Regex EngineName();
}
