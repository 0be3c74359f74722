using StyleLab.Pictures.Profiles;

namespace StyleLab.Pictures.Jpeg;

/// <summary>What the application segments say about the picture: colour model, colour space and orientation.</summary>
internal sealed class ApplicationData
{
    private readonly SortedDictionary<int, byte[]> _profile = [];
    private int _profileBytes, _profilePieces;
    private ExifData _exif = ExifData.None;
    private bool _isJfif;
    private int? _adobeTransform;

    /// <summary>How the picture is to be turned.</summary>
    public ExifOrientation Orientation => _exif.Orientation;

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
                if (_exif == ExifData.None)
                    _exif = ExifData.Parse(segment[6..]);
                break;
            case Marker.Application2 when segment.StartsWith("ICC_PROFILE\0"u8) && segment.Length > 14:
                AddToProfile(segment[12], segment[13], segment[14..]);
                break;
            case Marker.Application14 when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                _adobeTransform = segment[11];
                break;
        }
    }

    /// <summary>What the numbers of a frame stand for; null for sRGB, and for inks, which are not followed.</summary>
    public ColorSpace? ColorSpace(Frame frame)
    {
        if (frame.Components.Length == 4)
            return null;
        if (Profile() is { } profile)
            return IccProfile.Read(profile, isGrey: frame.Components.Length == 1);
        return _exif.IsAdobeRgb && frame.Components.Length == 3 ? Profiles.ColorSpace.AdobeRgb : null;
    }

    /// <summary>Whether the picture has a profile that is not followed here, but by libraries that know profiles of inks and of tables for grey.</summary>
    public bool HasOtherProfile(Frame frame) => Profile() is { } profile && IccProfile.IsOfTables(profile, frame.Components.Length)
        && (frame.Components.Length == 4 || IccProfile.Read(profile, isGrey: frame.Components.Length == 1) is null);

    private byte[]? Profile() =>
        _profilePieces > 0 && _profile.Count == _profilePieces ? [.. _profile.Values.SelectMany(piece => piece)] : null;

    // A profile comes in pieces of up to 64 KB, numbered from 1 (ICC.1:2010, annex B.4).
    private void AddToProfile(byte number, byte pieces, ReadOnlySpan<byte> piece)
    {
        if (number < 1 || number > pieces || _profileBytes + piece.Length > IccProfile.MaxBytes || !_profile.TryAdd(number, piece.ToArray()))
            return;
        _profileBytes += piece.Length;
        _profilePieces = pieces;
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
