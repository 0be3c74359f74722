namespace StyleLab.Pictures.Jpeg;

/// <summary>The scan header: which components follow, and which part of their coefficients (T.81, B.2.3).</summary>
internal sealed class ScanHeader
{
    private ScanHeader(ScanComponent[] components, int firstCoefficient, int lastCoefficient, int highBit, int lowBit)
    {
        Components = components;
        FirstCoefficient = firstCoefficient;
        LastCoefficient = lastCoefficient;
        HighBit = highBit;
        LowBit = lowBit;
    }

    public ScanComponent[] Components { get; }

    /// <summary>First coefficient of the scan in zigzag order ("Ss"); 0 is the DC coefficient.</summary>
    public int FirstCoefficient { get; }

    /// <summary>Last coefficient of the scan in zigzag order ("Se").</summary>
    public int LastCoefficient { get; }

    /// <summary>The lowest coefficient bit sent by the scan before ("Ah"), 0 in a first scan.</summary>
    public int HighBit { get; }

    /// <summary>The lowest coefficient bit sent by this scan ("Al").</summary>
    public int LowBit { get; }

    /// <summary>Whether the scan adds one bit to coefficients sent before.</summary>
    public bool IsRefinement => HighBit > 0;

    /// <summary>Reads the header and checks that the scan fits the frame and the scans before it.</summary>
    public static ScanHeader Read(ReadOnlySpan<byte> segment, Frame frame, DecodingTables tables)
    {
        if (segment.Length < 1 || segment[0] is < 1 or > 4 || segment.Length != 4 + 2 * segment[0])
            throw JpegFault.Damaged("a scan header has the wrong length");
        int count = segment[0];
        var parameters = segment[(1 + 2 * count)..];
        int first = 0, last = 63, highBit = 0, lowBit = 0;
        // Sequential scans always hold everything; what some writers put into these fields there is ignored.
        if (frame.IsProgressive)
        {
            (first, last) = (parameters[0], parameters[1]);
            (highBit, lowBit) = (parameters[2] >> 4, parameters[2] & 15);
            bool valid = last <= 63 && first <= last && lowBit <= 13
                && (first > 0 ? count == 1 : last == 0)
                && (highBit == 0 || highBit == lowBit + 1);
            if (!valid)
                throw JpegFault.Damaged("a progressive scan has impossible parameters");
        }

        var components = new ScanComponent[count];
        var scan = new ScanHeader(components, first, last, highBit, lowBit);
        for (int i = 0; i < count; i++)
        {
            byte id = segment[1 + 2 * i], tableNumbers = segment[2 + 2 * i];
            var component = Array.Find(frame.Components, c => c.Id == id);
            if (component == null || tableNumbers >> 4 > 3 || (tableNumbers & 15) > 3)
                throw JpegFault.Damaged("a scan header names a component or table that does not exist");
            if (frame.IsProgressive)
                component.Progression.Advance(scan);
            else if (component.Quantization != null)
                throw JpegFault.Damaged("a component arrives twice");
            component.Quantization ??= tables.Quantization(component.QuantizationIndex);

            bool needsDc = first == 0 && !scan.IsRefinement, needsAc = last > 0;
            components[i] = new ScanComponent(
                component,
                needsDc ? tables.Dc(tableNumbers >> 4) : null,
                needsAc ? tables.Ac(tableNumbers & 15) : null);
        }
        return scan;
    }
}

/// <summary>A component in a scan, with the Huffman tables that the scan needs for it.</summary>
internal sealed class ScanComponent(Component component, HuffmanDecoder? dc, HuffmanDecoder? ac)
{
    public Component Component { get; } = component;
    public HuffmanDecoder? Dc { get; } = dc;
    public HuffmanDecoder? Ac { get; } = ac;

    /// <summary>The DC coefficient of the block before; blocks send only the difference from it.</summary>
    public int Predictor;
}
