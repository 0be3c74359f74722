using StyleLab.Networks;

namespace StyleLab;

/// <summary>
/// Names one or several layers of a loss network, as text: items separated by commas, in any order and any case.
/// <list type="table">
/// <item><term><c>relu4_2</c></term><description>one layer; <c>input</c> is the normalised picture itself.</description></item>
/// <item><term><c>content</c>, <c>style</c></term><description>the layers each network has for content and for style, see <see cref="Architecture"/>.</description></item>
/// <item><term><c>conv#4</c></term><description>the fourth convolution, counted from 1 through all blocks.</description></item>
/// <item><term><c>conv1_1..conv3_1</c>, <c>conv#1..conv#5</c></term><description>all convolutions between, both ends included.</description></item>
/// <item><term><c>pool1..pool4</c>, <c>fire2..fire5</c></term><description>all poolings or fire modules between, both ends included.</description></item>
/// <item><term><c>relu1_1..relu5_1</c></term><description>ReLU layers at the same position in every block, from the first block named to the last;
/// a block too short to have that position is left out.</description></item>
/// <item><term><c>relu4_1..relu4_4</c></term><description>ReLU layers of one block: all between, both ends included.</description></item>
/// </list>
/// Both ends of a range are of one kind and in network order; a ReLU range over several blocks has one position.
/// </summary>
public sealed record LayerPick
{
    /// <summary>The pick of the layers that say what is shown, each network's own.</summary>
    public const string ContentLayers = "content";

    /// <summary>The pick of the layers that say how it is painted, each network's own.</summary>
    public const string StyleLayers = "style";

    private const string RangeMark = "..";
    private const string CountMark = "#";

    private readonly string[] _items;

    private LayerPick(string text, string[] items)
    {
        Text = text;
        _items = items;
    }

    /// <summary>The pick as written.</summary>
    public string Text { get; }

    /// <summary>Reads a pick. Whether its layers exist shows when it meets a network, see <see cref="Resolve"/>.</summary>
    /// <exception cref="StyleLabException">The text is empty, has an empty item, or a range without two ends.</exception>
    public static LayerPick Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new StyleLabException("The layer pick is empty; name at least one layer, such as relu4_2 or relu1_1..relu5_1.");
        var items = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (var item in items)
        {
            if (item.Length == 0)
                throw new StyleLabException(
                    $"The layer pick {Quoted.Text(text)} has nothing before or after one of its commas; "
                    + "name a layer there or remove the comma.");
            var ends = Ends(item);
            if (ends.Length > 2 || ends.Any(end => end.Length == 0))
                throw new StyleLabException(
                    $"The range {Quoted.Text(item)} needs one layer before and one after its two dots, such as relu1_1..relu5_1.");
        }
        return new(text.Trim(), items);
    }

    /// <summary>Reads a pick, see <see cref="Parse"/>.</summary>
    public static implicit operator LayerPick(string text) => Parse(text);

    /// <summary>The names of the picked layers in network order (<c>input</c> first), each once.</summary>
    /// <exception cref="StyleLabException">The architecture lacks a layer, or a range runs backwards or mixes kinds or positions.</exception>
    public IReadOnlyList<string> Resolve(Architecture architecture)
    {
        var picked = _items.SelectMany(item => ResolveItem(item, architecture)).ToHashSet();
        return architecture.Layers.Select(layer => layer.Name)
            .Prepend(Architecture.InputLayer).Where(picked.Contains).ToList();
    }

    private static string[] Ends(string item) => item.Split(RangeMark, StringSplitOptions.TrimEntries);

    private static IEnumerable<string> ResolveItem(string item, Architecture architecture)
    {
        var ends = Ends(item);
        if (ends.Length == 2)
            return ResolveRange(item, FindLayer(ends[0], architecture), FindLayer(ends[1], architecture), architecture);
        if (Same(item, ContentLayers))
            return Parse(architecture.ContentLayers).Resolve(architecture);
        if (Same(item, StyleLayers))
            return Parse(architecture.StyleLayers).Resolve(architecture);
        return [Same(item, Architecture.InputLayer) ? Architecture.InputLayer : FindLayer(item, architecture).Name];
    }

    private static IEnumerable<string> ResolveRange(string range, NetworkLayer first, NetworkLayer last, Architecture architecture)
    {
        if (first.GetType() != last.GetType())
            throw new StyleLabException(
                $"The range {Quoted.Text(range)} mixes kinds of layers; both ends must be conv, both relu, both pool or both fire.");
        var layers = architecture.Layers.ToList();
        var (from, to) = (layers.IndexOf(first), layers.IndexOf(last));
        if (from > to)
            throw new StyleLabException($"The range {Quoted.Text(range)} runs backwards; write {last.Name}{RangeMark}{first.Name}.");
        var between = layers[from..(to + 1)].Where(layer => layer.GetType() == first.GetType()).Select(layer => layer.Name);
        if (first is not ReluLayer)
            return between;

        var (firstBlock, position) = BlockAndPosition(first.Name);
        var (lastBlock, lastPosition) = BlockAndPosition(last.Name);
        if (firstBlock == lastBlock)
            return between;
        if (position != lastPosition)
            throw new StyleLabException(
                $"The range {Quoted.Text(range)} joins different positions in different blocks; "
                + "a relu range takes the same position of every block, such as relu1_1..relu5_1.");
        return between.Where(name => BlockAndPosition(name).Position == position);
    }

    /// <summary>relu4_2 → (relu4, 2).</summary>
    private static (string Block, string Position) BlockAndPosition(string name)
    {
        var mark = name.LastIndexOf('_');
        return mark < 0 ? (name, "") : (name[..mark], name[(mark + 1)..]);
    }

    private static NetworkLayer FindLayer(string name, Architecture architecture)
    {
        if (name.Contains(CountMark))
            return FindCounted(name, architecture);
        return architecture.Layers.FirstOrDefault(layer => Same(layer.Name, name)) ?? throw Unknown(name, architecture);
    }

    private static ConvolutionLayer FindCounted(string name, Architecture architecture)
    {
        var convolutions = architecture.Convolutions.ToList();
        var parts = name.Split(CountMark);
        if (parts.Length != 2 || !Same(parts[0], "conv") || parts[1].Length == 0 || !parts[1].All(char.IsAsciiDigit))
            throw new StyleLabException($"{Quoted.Text(name)} does not count a layer; write conv#4 for the fourth convolution.");
        if (!int.TryParse(parts[1], out var number) || number < 1 || number > convolutions.Count)
            throw new StyleLabException(
                $"There is no convolution {Quoted.Text(name)} in {architecture}; its convolutions are counted "
                + $"from conv#1 ({convolutions[0].Name}) to conv#{convolutions.Count} ({convolutions[^1].Name}).");
        return convolutions[number - 1];
    }

    private static StyleLabException Unknown(string name, Architecture architecture)
    {
        if (Same(name, Architecture.InputLayer))
            return new(
                $"'{Architecture.InputLayer}' cannot be the end of a range; "
                + "add it with a comma, such as input,relu1_1..relu5_1.");
        var names = architecture.Layers.Select(layer => layer.Name).Prepend(Architecture.InputLayer);
        var nearest = NearestNames.Find(name, names, 3);
        return new($"There is no layer {Quoted.Text(name)} in {architecture}; the nearest are {string.Join(", ", nearest)}.");
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>Two picks are equal when they are written alike.</summary>
    public bool Equals(LayerPick? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The pick as written.</summary>
    public override string ToString() => Text;
}
