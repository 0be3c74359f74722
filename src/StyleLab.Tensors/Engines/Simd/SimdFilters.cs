namespace StyleLab.Tensors.Engines.Simd;

/// <summary>The filters of one convolution in every order that is asked for, each packed when first needed.</summary>
internal sealed class SimdFilters : IFilters
{
    private readonly Lazy<PackedFilters> _direct;
    private readonly Lazy<WinogradFilters> _winograd;
    private readonly Lazy<PackedFilters>[] _rows, _columns;

    /// <param name="weights">K×C×k×k values.</param>
    /// <param name="shape">K×C×k×k.</param>
    /// <param name="recipe">Whose tile kernels will read them.</param>
    public SimdFilters(float[] weights, Shape shape, ConvolutionRecipe recipe)
    {
        Shape = shape;
        int outputs = shape.Batch, inputs = shape.Channels, size = shape.Height;
        Tile = outputs % recipe.Wide.Channels == 0 ? recipe.Wide : recipe.Narrow;
        _direct = new(() => new PackedFilters(weights, outputs, inputs, size, size, Tile));
        _winograd = new(() => new WinogradFilters(weights, shape, Tile));
        _rows = [.. Enumerable.Range(0, size).Select(i => Line(j => i * size + j))];
        _columns = [.. Enumerable.Range(0, size).Select(j => Line(i => i * size + j))];

        Lazy<PackedFilters> Line(Func<int, int> tap) => new(() => new PackedFilters(
            [.. Enumerable.Range(0, outputs * inputs * size).Select(i => weights[i / size * size * size + tap(i % size)])],
            outputs, inputs, 1, size, Tile));
    }

    /// <summary>K×C×k×k.</summary>
    public Shape Shape { get; }

    /// <summary>The tile kernel for this number of output channels.</summary>
    public Tile Tile { get; }

    /// <summary>For direct convolution.</summary>
    public PackedFilters Direct => _direct.Value;

    /// <summary>For Winograd's convolution of 3×3 filters.</summary>
    public WinogradFilters Winograd => _winograd.Value;

    /// <summary>One row of each filter, as filters of 1×k.</summary>
    public PackedFilters Row(int row) => _rows[row].Value;

    /// <summary>One column of each filter, laid down as filters of 1×k.</summary>
    public PackedFilters Column(int column) => _columns[column].Value;
}
