using System.Buffers.Binary;

namespace StyleLab.Pictures.Jpeg;

/// <summary>The tables in force; a file may replace them between scans.</summary>
internal sealed class DecodingTables
{
    private readonly int[]?[] _quantization = new int[4][];
    private readonly HuffmanDecoder?[] _dc = new HuffmanDecoder[4];
    private readonly HuffmanDecoder?[] _ac = new HuffmanDecoder[4];

    /// <summary>MCUs from one restart marker to the next, 0 for none.</summary>
    public int RestartInterval { get; private set; }

    public int[] Quantization(int index) =>
        _quantization[index] ?? throw JpegFault.Damaged("a quantization table is missing");

    public HuffmanDecoder Dc(int index) => _dc[index] ?? throw JpegFault.Damaged("a Huffman table is missing");

    public HuffmanDecoder Ac(int index) => _ac[index] ?? throw JpegFault.Damaged("a Huffman table is missing");

    /// <summary>Reads a DQT segment (T.81, B.2.4.1): one or more tables of 8- or 16-bit steps in zigzag order.</summary>
    public void ReadQuantization(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int bytesPerStep = (segment[0] >> 4) + 1, index = segment[0] & 15;
            if (bytesPerStep > 2 || index > 3 || segment.Length < 1 + 64 * bytesPerStep)
                throw JpegFault.Damaged("a quantization table has the wrong number or length");
            var steps = new int[64];
            for (int i = 0; i < 64; i++)
                steps[ZigZag.ToRowMajor[i]] = bytesPerStep == 1
                    ? segment[1 + i]
                    : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + 2 * i)..]);
            _quantization[index] = steps;
            segment = segment[(1 + 64 * bytesPerStep)..];
        }
    }

    /// <summary>Reads a DHT segment (T.81, B.2.4.2): one or more tables of code counts and symbols.</summary>
    public void ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            if (segment.Length < 17)
                throw JpegFault.Damaged("a Huffman table is too short");
            int kind = segment[0] >> 4, index = segment[0] & 15;
            var counts = segment.Slice(1, 16);
            int total = 0;
            foreach (byte count in counts)
                total += count;
            if (kind > 1 || index > 3 || total > 256 || segment.Length < 17 + total)
                throw JpegFault.Damaged("a Huffman table has the wrong number or length");
            (kind == 0 ? _dc : _ac)[index] = new HuffmanDecoder(counts, segment.Slice(17, total));
            segment = segment[(17 + total)..];
        }
    }

    /// <summary>Reads a DRI segment (T.81, B.2.4.4).</summary>
    public void ReadRestartInterval(ReadOnlySpan<byte> segment)
    {
        if (segment.Length != 2)
            throw JpegFault.Damaged("the restart interval has the wrong length");
        RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
    }
}
