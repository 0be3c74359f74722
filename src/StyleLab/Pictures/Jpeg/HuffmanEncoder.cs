namespace StyleLab.Pictures.Jpeg;

/// <summary>The best canonical Huffman code of at most 16 bits for given symbol counts.</summary>
internal sealed class HuffmanEncoder
{
    private const int MaxLength = 16;

    // No code may be all ones (T.81, annex C); a symbol that never occurs takes that place.
    private const int ReservedSymbol = 256;

    private readonly int[] _codes = new int[256];
    private readonly byte[] _lengths = new byte[256];

    /// <param name="frequencies">How often each of the symbols 0..255 occurs.</param>
    public HuffmanEncoder(ReadOnlySpan<int> frequencies)
    {
        int[] lengths = CodeLengths(frequencies);
        var ordered = Enumerable.Range(0, 256).Where(s => lengths[s] > 0).OrderBy(s => lengths[s]).ToArray();
        Symbols = Array.ConvertAll(ordered, s => (byte)s);
        int code = 0, length = 0;
        foreach (int symbol in ordered)
        {
            code <<= lengths[symbol] - length;
            length = lengths[symbol];
            _codes[symbol] = code++;
            _lengths[symbol] = (byte)length;
            Counts[length - 1]++;
        }
    }

    /// <summary>How many codes have 1, 2, … 16 bits.</summary>
    public byte[] Counts { get; } = new byte[MaxLength];

    /// <summary>The symbols in the order of their codes.</summary>
    public byte[] Symbols { get; }

    /// <summary>Writes the code of one symbol.</summary>
    public void Write(BitWriter bits, int symbol) => bits.Write(_codes[symbol], _lengths[symbol]);

    // Package-merge (Larmore and Hirschberg, 1990): a symbol's code is as long as the number of times the symbol is in the
    // 2n − 2 lightest packages after pairing and merging in the symbols MaxLength − 1 times.
    private static int[] CodeLengths(ReadOnlySpan<int> frequencies)
    {
        var leaves = new List<Package> { new(0, ReservedSymbol, null, null) };
        for (int symbol = 0; symbol < frequencies.Length; symbol++)
            if (frequencies[symbol] > 0)
                leaves.Add(new Package(frequencies[symbol], symbol, null, null));
        leaves = [.. leaves.OrderBy(p => p.Weight)];

        var packages = leaves;
        for (int round = 1; round < MaxLength; round++)
        {
            var pairs = packages.Chunk(2).Where(pair => pair.Length == 2)
                .Select(pair => new Package(pair[0].Weight + pair[1].Weight, -1, pair[0], pair[1]));
            packages = [.. leaves.Concat(pairs).OrderBy(p => p.Weight)];
        }

        var lengths = new int[ReservedSymbol + 1];
        foreach (var package in packages.Take(2 * leaves.Count - 2))
            package.CountSymbols(lengths);
        return lengths;
    }

    // One symbol, or two packages that are only taken together.
    private sealed record Package(long Weight, int Symbol, Package? First, Package? Second)
    {
        public void CountSymbols(int[] counts)
        {
            if (First == null || Second == null)
            {
                counts[Symbol]++;
                return;
            }
            First.CountSymbols(counts);
            Second.CountSymbols(counts);
        }
    }
}
