using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Computes a tile of neighbouring output pixels for a group of output channels: for every input channel and filter tap,
/// each pixel's value is broadcast and multiplied with a vector of weights.
/// </summary>
internal sealed unsafe class Tile(int pixels, int channels,
    delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> run, Tile? shorter = null)
{
    /// <summary>Output pixels computed at once.</summary>
    public int Pixels { get; } = pixels;

    /// <summary>The kernel with fewer pixels for the end of a row, if there is one; else this.</summary>
    public Tile Shorter => shorter ?? this;

    /// <summary>Output channels computed at once.</summary>
    public int Channels { get; } = channels;

    /// <summary>See <see cref="TileKernel"/>.</summary>
    public delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> Run { get; } = run;
}

/// <summary>The parameters of a tile kernel.</summary>
/// <param name="x">Input at the first tap of the first pixel: pixels lie 16 floats apart, channels side by side.</param>
/// <param name="blockStride">Floats from one block of 16 input channels to the next.</param>
/// <param name="rowStride">Floats from one input row to the next.</param>
/// <param name="blocks">Blocks of input channels.</param>
/// <param name="lanes">Input channels in a block: 16, or fewer when there is only one block.</param>
/// <param name="rows">Filter height.</param>
/// <param name="columns">Filter width.</param>
/// <param name="weights">In the order block, filter row, filter column, lane, output channel.</param>
/// <param name="y">Pixels × Channels results, overwritten.</param>
/// <param name="ahead">Memory that later calls will read, which may be fetched into the second-level cache meanwhile.</param>
/// <param name="aheadLines">Cache lines of it to fetch during each block of input channels.</param>
internal unsafe delegate void TileKernel(
    float* x, long blockStride, long rowStride, int blocks, int lanes, int rows, int columns, float* weights, float* y,
    float* ahead, int aheadLines);

/// <summary>The kernels of one instruction set.</summary>
internal sealed unsafe class ConvolutionAlgorithm(string name, Tile wide, Tile narrow,
    delegate*<float*, long, ushort*, long, float*, long, float*, void> inputTransform,
    delegate*<float*, long, float, ushort*, long, float*, void> spread,
    delegate*<float*, long, float*, long, float*, bool, ushort*, long, float*, long, void> outputTransform,
    delegate*<float*, float*, void> inputStrip, delegate*<float*, float*, void> outputStrip)
{
    /// <summary>As in STYLELAB_ISA.</summary>
    public string Name { get; } = name;

    /// <summary>For layers whose output channels are a multiple of its channels.</summary>
    public Tile Wide { get; } = wide;

    /// <summary>For all others; 16 channels.</summary>
    public Tile Narrow { get; } = narrow;

    /// <summary>See <see cref="WinogradTransforms.Input"/>.</summary>
    public delegate*<float*, long, ushort*, long, float*, long, float*, void> InputTransform { get; } = inputTransform;

    /// <summary>See <see cref="WinogradTransforms.Spread"/>.</summary>
    public delegate*<float*, long, float, ushort*, long, float*, void> Spread { get; } = spread;

    /// <summary>See <see cref="WinogradTransforms.Output"/>.</summary>
    public delegate*<float*, long, float*, long, float*, bool, ushort*, long, float*, long, void> OutputTransform { get; } = outputTransform;

    /// <summary>See <see cref="WinogradTransforms.InputStrip"/>.</summary>
    public delegate*<float*, float*, void> InputStrip { get; } = inputStrip;

    /// <summary>See <see cref="WinogradTransforms.OutputStrip"/>.</summary>
    public delegate*<float*, float*, void> OutputStrip { get; } = outputStrip;

    /// <summary>The algorithms this machine can run, best first.</summary>
    public static IReadOnlyList<ConvolutionAlgorithm> Available()
    {
        var algorithms = new List<ConvolutionAlgorithm>();
        // Twice the lanes and twice the registers of AVX2. Asked of Avx512F, not of Vector512.IsHardwareAccelerated:
        // processors that slow down under 512-bit code report false there and still gain on multiply-adds.
        if (Avx512F.IsSupported)
            algorithms.Add(new("avx512",
                new Tile(TileAvx512Wide.Pixels, TileAvx512Wide.Channels, &TileAvx512Wide.Run,
                    new Tile(TileAvx512Wide.ShortPixels, TileAvx512Wide.Channels, &TileAvx512Wide.RunShort)),
                new Tile(TileAvx512Narrow.Pixels, TileAvx512Narrow.Channels, &TileAvx512Narrow.Run),
                &WinogradTransforms.Input<Lanes512>, &WinogradTransforms.Spread<Lanes512>, &WinogradTransforms.Output<Lanes512>,
                &WinogradTransforms.InputStrip<Lanes512>, &WinogradTransforms.OutputStrip<Lanes512>));
        if (Avx2.IsSupported && Fma.IsSupported)
        {
            var tile = new Tile(TileAvx2.Pixels, TileAvx2.Channels, &TileAvx2.Run);
            algorithms.Add(new("avx2", tile, tile, &WinogradTransforms.Input<Lanes256>, &WinogradTransforms.Spread<Lanes256>, &WinogradTransforms.Output<Lanes256>,
                &WinogradTransforms.InputStrip<Lanes256>, &WinogradTransforms.OutputStrip<Lanes256>));
        }
        var portable = new Tile(TilePortable.Pixels, TilePortable.Channels, &TilePortable.Run);
        algorithms.Add(new(Vector128.IsHardwareAccelerated ? "vector128" : "scalar", portable, portable,
            &WinogradTransforms.Input<Lanes128>, &WinogradTransforms.Spread<Lanes128>, &WinogradTransforms.Output<Lanes128>,
                &WinogradTransforms.InputStrip<Lanes128>, &WinogradTransforms.OutputStrip<Lanes128>));
        return algorithms;
    }

    /// <summary>The best algorithm, or the one the environment variable STYLELAB_ISA names.</summary>
    public static ConvolutionAlgorithm Best()
    {
        var available = Available();
        string? asked = Environment.GetEnvironmentVariable("STYLELAB_ISA");
        if (string.IsNullOrEmpty(asked))
            return available[0];
        return available.FirstOrDefault(r => r.Name == asked) ?? throw new InvalidOperationException(
            $"STYLELAB_ISA is '{asked}'; this machine can run {string.Join(", ", available.Select(r => r.Name))}.");
    }
}
