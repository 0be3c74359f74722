using System.Buffers.Binary;

namespace StyleLab.Pictures.Jpeg;

/// <summary>The frame header: the picture's size and its components (T.81, B.2.2).</summary>
internal sealed class Frame
{
    private Frame(int width, int height, bool isProgressive, Component[] components)
    {
        Width = width;
        Height = height;
        IsProgressive = isProgressive;
        Components = components;
        MaxHorizontal = components.Max(c => c.Horizontal);
        MaxVertical = components.Max(c => c.Vertical);
        McusAcross = (width - 1) / (8 * MaxHorizontal) + 1;
        McusDown = (height - 1) / (8 * MaxVertical) + 1;
        foreach (var component in components)
            component.SetSize(this);
    }

    public int Width { get; }
    public int Height { get; }
    public bool IsProgressive { get; }
    public Component[] Components { get; }
    public int MaxHorizontal { get; }
    public int MaxVertical { get; }
    public int McusAcross { get; }
    public int McusDown { get; }

    /// <summary>Reads the header and sets memory aside for the samples.</summary>
    /// <param name="segment">The frame segment.</param>
    /// <param name="isProgressive">From the marker before the segment.</param>
    /// <param name="bytesLeft">Bytes of the file behind the segment.</param>
    public static Frame Read(ReadOnlySpan<byte> segment, bool isProgressive, int bytesLeft)
    {
        if (segment.Length < 6 || segment.Length != 6 + 3 * segment[5])
            throw JpegFault.Damaged("the frame header has the wrong length");
        if (segment[0] != 8)
            throw new UnsupportedJpegException($"{segment[0]}-bit samples");

        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (height == 0)
            throw new UnsupportedJpegException("a height that is given only after the picture, or a height of 0,");
        if (width == 0)
            throw JpegFault.Damaged("its picture is 0 pixels wide");
        if ((long)width * height > PictureLimits.MaxPixels)
            throw new StyleLabException(
                $"The JPEG is {width}×{height} pixels, but at most {PictureLimits.MaxPixels / 1_000_000} megapixels can be read; make it smaller first.");

        var frame = new Frame(width, height, isProgressive, ReadComponents(segment[5..]));
        frame.CheckPlausible(bytesLeft);
        foreach (var component in frame.Components)
            component.Allocate(frame);
        return frame;
    }

    private static Component[] ReadComponents(ReadOnlySpan<byte> segment)
    {
        int count = segment[0];
        if (count is not (1 or 3 or 4))
            throw new UnsupportedJpegException($"{count} color components");
        var components = new Component[count];
        for (int i = 0; i < count; i++)
        {
            var entry = segment.Slice(1 + 3 * i, 3);
            int horizontal = entry[1] >> 4, vertical = entry[1] & 15;
            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4 || entry[2] > 3)
                throw JpegFault.Damaged("the frame header has impossible sampling factors or table numbers");
            // The factors are relative to each other; a lone component is never interleaved, so its own do not matter.
            components[i] = count == 1
                ? new Component(entry[0], 1, 1, entry[2])
                : new Component(entry[0], horizontal, vertical, entry[2]);
            for (int j = 0; j < i; j++)
                if (components[j].Id == entry[0])
                    throw JpegFault.Damaged("two color components have the same number");
        }
        return components;
    }

    // A sequential block takes at least two bits (its DC code and its end-of-block code), a progressive one at least
    // the DC code's one bit. A file too short for that is refused before memory is set aside for the size it claims.
    private void CheckPlausible(int bytesLeft)
    {
        long blocks = Components.Sum(c => (long)c.BlocksAcross * c.BlocksDown);
        long leastBytes = blocks * (IsProgressive ? 1 : 2) / 8;
        if (bytesLeft < leastBytes)
            throw new StyleLabException(
                $"The JPEG says that it is {Width}×{Height} pixels, but its {bytesLeft} bytes of data cannot hold that many: the file is truncated or damaged; fetch or save it again.");
    }

    /// <summary>Throws when the scans have not brought every component.</summary>
    /// <param name="sawEnd">Whether the file has its end marker; without it a progressive picture must be complete to the last bit.</param>
    public void CheckComplete(bool sawEnd)
    {
        foreach (var component in Components)
        {
            bool arrived = component.Quantization != null
                && (!IsProgressive || component.Progression.HasDc && (sawEnd || component.Progression.IsComplete));
            if (!arrived)
                throw JpegFault.Truncated("before all of the picture has arrived");
        }
    }
}
