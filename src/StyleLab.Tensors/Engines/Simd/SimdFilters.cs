using System.Diagnostics.CodeAnalysis;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>The filters of one convolution in every order that is asked for, each packed when first needed.</summary>
internal sealed class SimdFilters : IFilters
{
    private readonly Lazy<SimdFilters> _turned;
    private readonly Lazy<PackedFilters> _direct;
    private readonly Lazy<WinogradFilters> _winograd;
    private readonly Lazy<ThinFilters> _thin;
    private readonly Lazy<PackedFilters> _patches, _patchGradients;

    /// <param name="weights">K×C×k×k values.</param>
    /// <param name="shape">K×C×k×k.</param>
    /// <param name="algorithm">Whose tile kernels will read the filters.</param>
    public SimdFilters(float[] weights, Shape shape, ConvolutionAlgorithm algorithm)
        : this(new FilterView(weights, shape, turned: false), algorithm, straight: null) =>
        _turned = new(() => new SimdFilters(new FilterView(weights, shape, turned: true), algorithm, straight: this));

    private SimdFilters(FilterView filters, ConvolutionAlgorithm algorithm, SimdFilters? straight)
    {
        Outputs = filters.Outputs;
        Inputs = filters.Inputs;
        Size = filters.Size;
        Tile = Outputs % algorithm.Wide.Channels == 0 ? algorithm.Wide : algorithm.Narrow;
        _turned = new(() => straight ?? this);
        _direct = new(() => new PackedFilters((k, c, i, j) => filters[k, c, i, j], Outputs, Inputs, Size, Size, Tile));
        _winograd = new(() => SharesWinograd(straight)
            ? new WinogradFilters(straight.Winograd, straight.Outputs, Tile) : new WinogradFilters(filters, Tile));
        _thin = new(() => new ThinFilters(filters, algorithm.Wide));
        _patches = new(() => new PackedFilters(
            (k, lane, _, _) => filters[k, lane % Inputs, lane / Inputs / Size, lane / Inputs % Size],
            Outputs, Size * Size * Inputs, 1, 1, Tile));
        // The view has turned the filters; patches want them as they lay.
        _patchGradients = new(() => new PackedFilters(
            (lane, k, _, _) => filters[lane % Outputs, k, Size - 1 - lane / Outputs / Size, Size - 1 - lane / Outputs % Size],
            Size * Size * Outputs, Inputs, 1, 1, Size * Size * Outputs % algorithm.Wide.Channels == 0 ? algorithm.Wide : algorithm.Narrow));
    }

    public int Outputs { get; }
    public int Inputs { get; }

    /// <summary>Height and width of a filter.</summary>
    public int Size { get; }

    /// <summary>The tile kernel for this number of output channels.</summary>
    public Tile Tile { get; }

    /// <summary>For direct convolution.</summary>
    public PackedFilters Direct => _direct.Value;

    /// <summary>For Winograd's convolution of 3×3 filters.</summary>
    public WinogradFilters Winograd => _winograd.Value;

    /// <summary>For at most three outputs.</summary>
    public ThinFilters Thin => _thin.Value;

    /// <summary>For strided convolution: filters of 1×1 over the taps of a patch, all channels of a tap side by side.</summary>
    public PackedFilters Patches => _patches.Value;

    /// <summary>For the gradient of strided convolution, when the filters are transposed: from a gradient to the taps of its patch.</summary>
    public PackedFilters PatchGradients => _patchGradients.Value;

    /// <summary>Turned by 180°, inputs and outputs exchanged: a convolution with these is the gradient at the input.</summary>
    public SimdFilters Turned => _turned.Value;

    /// <summary>The largest filters are in memory once for both directions, if whole groups of channels can be exchanged.</summary>
    private bool SharesWinograd([NotNullWhen(true)] SimdFilters? straight) => straight is not null
        && WinogradFilters.AreToBeShared(Inputs, Outputs) && straight.Outputs % straight.Tile.Channels == 0 && Outputs % Tile.Channels == 0;
}
