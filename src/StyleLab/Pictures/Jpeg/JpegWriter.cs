using System.Buffers.Binary;

namespace StyleLab.Pictures.Jpeg;

/// <summary>Writes baseline JPEG files (ITU-T T.81, JFIF 1.02) with Huffman codes made for each picture.</summary>
internal static class JpegWriter
{
    // From this quality on, the colour differences keep their full resolution.
    private const int FullChromaQuality = 90;

    /// <summary>Encodes a picture; values outside 0..1 are clamped.</summary>
    /// <param name="picture">At most 65,535 pixels across and down.</param>
    /// <param name="quality">1 (smallest) to 100 (finest). From 90 on, colour keeps full resolution (4:4:4), below it has half (4:2:0).</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is outside 1..100.</exception>
    /// <exception cref="StyleLabException">The picture is larger than a JPEG can be.</exception>
    public static byte[] Write(Picture picture, int quality)
    {
        if (quality is < 1 or > 100)
            throw new ArgumentOutOfRangeException(
                nameof(quality), $"The JPEG quality must be from 1 (smallest) to 100 (finest), not {quality}.");
        if (picture.Width > ushort.MaxValue || picture.Height > ushort.MaxValue)
            throw new StyleLabException(
                $"A JPEG has at most 65535 pixels across and down, but the picture is {picture.Width}×{picture.Height}; save it as PNG.");

        byte[] lumaSteps = QuantizationSteps.Luma(quality), chromaSteps = QuantizationSteps.Chroma(quality);
        var mcus = new McuReader(picture, halfChroma: quality < FullChromaQuality);
        var coder = Encode(picture, mcus, new ForwardDct(lumaSteps), new ForwardDct(chromaSteps));
        var codes = coder.BuildCodes();

        var file = new MemoryStream();
        file.Write([0xFF, Marker.StartOfImage]);
        // JFIF 1.02; square pixels, no preview.
        WriteSegment(file, Marker.Application0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0]);
        WriteSegment(file, Marker.QuantizationTables, [0, .. InZigZag(lumaSteps), 1, .. InZigZag(chromaSteps)]);
        WriteFrame(file, picture, mcus.LumaBlocks);
        for (int i = 0; i < codes.Length; i++)
        {
            // The high half says DC or AC, the low half is the table's number.
            int table = i % 2 << 4 | i / 2;
            WriteSegment(file, Marker.HuffmanTables, [(byte)table, .. codes[i].Counts, .. codes[i].Symbols]);
        }
        // Three components with their table numbers; all coefficients with all bits.
        WriteSegment(file, Marker.StartOfScan, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
        coder.Write(file, codes);
        file.Write([0xFF, Marker.EndOfImage]);
        return file.ToArray();
    }

    private static EntropyCoder Encode(Picture picture, McuReader mcus, ForwardDct lumaDct, ForwardDct chromaDct)
    {
        var coder = new EntropyCoder();
        Span<float> block = stackalloc float[64];
        Span<int> coefficients = stackalloc int[64];
        int luma = 0, chromaBlue = 0, chromaRed = 0;
        for (int row = 0; row * mcus.Side < picture.Height; row++)
            for (int column = 0; column * mcus.Side < picture.Width; column++)
            {
                mcus.MoveTo(column, row);
                for (int y = 0; y < mcus.LumaBlocks; y++)
                    for (int x = 0; x < mcus.LumaBlocks; x++)
                    {
                        mcus.ReadLuma(x, y, block);
                        lumaDct.Transform(block, coefficients);
                        coder.AddBlock(coefficients, ref luma, tablePair: 0);
                    }
                mcus.ReadChromaBlue(block);
                chromaDct.Transform(block, coefficients);
                coder.AddBlock(coefficients, ref chromaBlue, tablePair: 1);
                mcus.ReadChromaRed(block);
                chromaDct.Transform(block, coefficients);
                coder.AddBlock(coefficients, ref chromaRed, tablePair: 1);
            }
        return coder;
    }

    private static void WriteFrame(Stream file, Picture picture, int lumaBlocks)
    {
        byte[] frame =
        [
            8, 0, 0, 0, 0, 3,
            1, (byte)(lumaBlocks << 4 | lumaBlocks), 0,
            2, 0x11, 1,
            3, 0x11, 1,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)picture.Height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)picture.Width);
        WriteSegment(file, Marker.BaselineFrame, frame);
    }

    private static void WriteSegment(Stream file, byte marker, byte[] content)
    {
        int length = content.Length + 2;
        file.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        file.Write(content);
    }

    private static byte[] InZigZag(byte[] rowMajor)
    {
        var ordered = new byte[64];
        for (int i = 0; i < 64; i++)
            ordered[i] = rowMajor[ZigZag.ToRowMajor[i]];
        return ordered;
    }
}
