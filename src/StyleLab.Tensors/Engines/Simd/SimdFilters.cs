namespace StyleLab.Tensors.Engines.Simd;

/// <summary>The filters of one convolution in every order that is asked for, each packed when first needed.</summary>
internal sealed class SimdFilters : IFilters
{
    private readonly Lazy<PackedFilters> _direct;
    private readonly Lazy<WinogradFilters> _winograd;
    private readonly Lazy<ThinFilters> _thin;
    private readonly Lazy<PackedFilters> _patches, _patchGradients;
    private readonly Lazy<PackedFilters>[] _rows, _columns;

    /// <param name="filters">The filters.</param>
    /// <param name="recipe">Whose tile kernels will read them.</param>
    public SimdFilters(FilterView filters, ConvolutionRecipe recipe)
    {
        Outputs = filters.Outputs;
        Inputs = filters.Inputs;
        Size = filters.Size;
        Tile = Outputs % recipe.Wide.Channels == 0 ? recipe.Wide : recipe.Narrow;
        _direct = new(() => new PackedFilters((k, c, i, j) => filters[k, c, i, j], Outputs, Inputs, Size, Size, Tile));
        _winograd = new(() => new WinogradFilters(filters, Tile));
        _thin = new(() => new ThinFilters(filters, recipe.Wide));
        _patches = new(() => new PackedFilters(
            (k, lane, _, _) => filters[k, lane % Inputs, lane / Inputs / Size, lane / Inputs % Size],
            Outputs, Size * Size * Inputs, 1, 1, Tile));
        // The view has turned the filters; patches want them as they lay.
        _patchGradients = new(() => new PackedFilters(
            (lane, k, _, _) => filters[lane % Outputs, k, Size - 1 - lane / Outputs / Size, Size - 1 - lane / Outputs % Size],
            Size * Size * Outputs, Inputs, 1, 1, Size * Size * Outputs % recipe.Wide.Channels == 0 ? recipe.Wide : recipe.Narrow));
        _rows = [.. Enumerable.Range(0, Size).Select(row => Line((k, c, _, j) => filters[k, c, row, j]))];
        _columns = [.. Enumerable.Range(0, Size).Select(column => Line((k, c, _, i) => filters[k, c, i, column]))];

        Lazy<PackedFilters> Line(Func<int, int, int, int, float> weight) =>
            new(() => new PackedFilters(weight, Outputs, Inputs, 1, Size, Tile));
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

    /// <summary>One row of each filter, as filters of 1×k.</summary>
    public PackedFilters Row(int row) => _rows[row].Value;

    /// <summary>One column of each filter, laid down as filters of 1×k.</summary>
    public PackedFilters Column(int column) => _columns[column].Value;
}
