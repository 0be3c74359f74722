namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// Reads JPEG files (ITU-T T.81): 8-bit baseline, extended sequential and progressive with Huffman coding;
/// grey, YCbCr, RGB, CMYK and YCCK with any sampling factors; turned upright by the EXIF orientation
/// and brought to sRGB by the ICC profile.
/// </summary>
internal static class JpegReader
{
    // Real progressive files have about ten scans. Each scan can make the reader visit every block for a few bytes of file.
    private const int MaxScans = 100;

    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="StyleLabException">The data is no JPEG, of a kind that is not read, too large, truncated or damaged.</exception>
    public static Picture Read(ReadOnlySpan<byte> data)
    {
        if (!data.StartsWith((ReadOnlySpan<byte>)[0xFF, Marker.StartOfImage]))
            throw new StyleLabException("The data is not a JPEG: it does not start with the bytes FF D8.");

        var application = new ApplicationData();
        var frame = DecodeFrame(data, application);
        foreach (var component in frame.Components)
            if (frame.IsProgressive)
                component.InvertCoefficients();
        var picture = ColorConversion.ToPicture(frame, application.ColorModel(frame));
        return application.Orientation.Apply(application.ColorSpace(frame)?.ToSrgb(picture) ?? picture);
    }

    private static Frame DecodeFrame(ReadOnlySpan<byte> data, ApplicationData application)
    {
        var segments = new SegmentReader(data, position: 2);
        var tables = new DecodingTables();
        Frame? frame = null;
        int scans = 0;
        bool sawEnd = false;
        while (!sawEnd && segments.NextMarker() is { } marker)
        {
            if (Marker.Unsupported(marker) is { } coding)
                throw JpegFault.Unsupported(coding);
            switch (marker)
            {
                case Marker.EndOfImage:
                    sawEnd = true;
                    break;
                case Marker.BaselineFrame or Marker.ExtendedFrame or Marker.ProgressiveFrame:
                    if (frame != null)
                        throw JpegFault.Damaged("it has two frame headers");
                    var header = segments.Segment();
                    frame = Frame.Read(header, marker == Marker.ProgressiveFrame, segments.Remaining);
                    break;
                case Marker.HuffmanTables:
                    tables.ReadHuffman(segments.Segment());
                    break;
                case Marker.QuantizationTables:
                    tables.ReadQuantization(segments.Segment());
                    break;
                case Marker.RestartInterval:
                    tables.ReadRestartInterval(segments.Segment());
                    break;
                case Marker.StartOfScan:
                    if (frame == null)
                        throw JpegFault.Damaged("a scan comes before the frame header");
                    if (++scans > MaxScans)
                        throw JpegFault.Damaged($"it has more than {MaxScans} scans");
                    var scan = ScanHeader.Read(segments.Segment(), frame, tables);
                    segments.Position = ScanDecoder.Decode(data, segments.Position, frame, scan, tables.RestartInterval);
                    break;
                case Marker.StartOfImage or (>= Marker.FirstRestart and <= Marker.LastRestart) or < Marker.BaselineFrame:
                    // Markers without a segment, or stray bytes.
                    break;
                default:
                    application.Read(marker, segments.Segment());
                    break;
            }
        }

        if (frame == null)
            throw JpegFault.Truncated("before the picture starts");
        frame.CheckComplete(sawEnd);
        return frame;
    }
}
