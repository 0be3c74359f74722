using StyleLab.Pictures.Decoders;

namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// Reads JPEG files (ITU-T T.81): 8-bit baseline, extended sequential and progressive with Huffman coding;
/// grey, YCbCr, RGB, CMYK and YCCK with any sampling factors; turned upright by the EXIF orientation
/// and brought to sRGB by the ICC profile. Other kinds, and pictures with profiles of inks or of tables for grey, are left to a library that reads them.
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
        Frame frame;
        try
        {
            frame = DecodeFrame(data, application);
        }
        catch (UnsupportedJpegException e)
        {
            return ByLibrary(data) ?? throw JpegFault.Unsupported(e.Message);
        }
        if (application.HasOtherProfile(frame) && ByLibrary(data) is { } followed)
            return followed;
        foreach (var component in frame.Components)
            if (frame.IsProgressive)
                component.InvertCoefficients();
        var picture = ColorConversion.ToPicture(frame, application.ColorModel(frame));
        return application.Orientation.Apply(application.ColorSpace(frame)?.ToSrgb(picture) ?? picture);
    }

    /// <summary>The picture as another library reads it, which knows all kinds of profiles and some rare kinds of coding; null if none does.</summary>
    private static Picture? ByLibrary(ReadOnlySpan<byte> data)
    {
        try
        {
            return SkiaLibrary.Decoder?.Decode(data, "JPEG");
        }
        catch (StyleLabException)
        {
            return null;
        }
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
                throw new UnsupportedJpegException(coding);
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
