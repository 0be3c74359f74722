namespace StyleLab.Pictures.Jpeg;

/// <summary>What the application segments say about the picture: colour model and orientation.</summary>
internal sealed class ApplicationData
{
    private bool _isJfif;
    private int? _adobeTransform;

    /// <summary>How the picture is to be turned.</summary>
    public ExifOrientation Orientation { get; private set; } = ExifOrientation.Upright;

    /// <summary>Takes in one application segment; unknown ones are passed over.</summary>
    public void Read(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case Marker.Application0 when segment.StartsWith("JFIF\0"u8):
                _isJfif = true;
                break;
            case Marker.Application1 when segment.StartsWith("Exif\0"u8) && segment.Length > 6:
                // The first block counts; later ones can be those of embedded previews.
                if (Orientation == ExifOrientation.Upright)
                    Orientation = ExifOrientation.Parse(segment[6..]);
                break;
            case Marker.Application14 when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                _adobeTransform = segment[11];
                break;
        }
    }

    /// <summary>The colour model of a frame, from its components and the JFIF and Adobe segments.</summary>
    public ColorModel ColorModel(Frame frame)
    {
        var ids = frame.Components.Select(c => c.Id);
        return frame.Components.Length switch
        {
            1 => Jpeg.ColorModel.Gray,
            4 => _adobeTransform == 2 ? Jpeg.ColorModel.Ycck : Jpeg.ColorModel.Cmyk,
            // A JFIF file is YCbCr whatever else it says.
            _ when _isJfif => Jpeg.ColorModel.YCbCr,
            _ when _adobeTransform != null => _adobeTransform == 0 ? Jpeg.ColorModel.Rgb : Jpeg.ColorModel.YCbCr,
            _ => ids.SequenceEqual("RGB"u8.ToArray()) ? Jpeg.ColorModel.Rgb : Jpeg.ColorModel.YCbCr,
        };
    }
}
