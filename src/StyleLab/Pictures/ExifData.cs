using System.Buffers.Binary;

namespace StyleLab.Pictures;

/// <summary>What a camera wrote beside a picture (EXIF 2.32): how to turn it, and whether its colours are Adobe RGB.</summary>
/// <param name="Orientation">How the picture is to be turned.</param>
/// <param name="IsAdobeRgb">True if the camera was set to Adobe RGB, which it tells nowhere else unless it embeds a profile.</param>
internal sealed record ExifData(ExifOrientation Orientation, bool IsAdobeRgb)
{
    private const ushort OrientationTag = 0x0112, CameraTag = 0x8769, ColorSpaceTag = 0xA001, InteroperabilityTag = 0xA005, IndexTag = 0x0001;
    private const ushort TextType = 2, ShortType = 3, LongType = 4;

    // By the standard Adobe RGB is "uncalibrated" with the rules of R03; some cameras say 2 instead.
    private const int AdobeRgb = 2, Uncalibrated = 0xFFFF;

    public static ExifData None { get; } = new(ExifOrientation.Upright, false);

    /// <summary>Reads a TIFF block; what is broken or not there is left out.</summary>
    /// <param name="tiff">The block, from its byte order on.</param>
    public static ExifData Parse(ReadOnlySpan<byte> tiff)
    {
        bool isBigEndian = tiff.StartsWith("MM\0*"u8);
        if (tiff.Length < 8 || (!isBigEndian && !tiff.StartsWith("II*\0"u8)))
            return None;
        var root = new Directory(tiff, UInt32(tiff[4..], isBigEndian), isBigEndian);
        var camera = root.Subdirectory(CameraTag);
        bool isAdobeRgb = camera.Number(ColorSpaceTag) is AdobeRgb
            || (camera.Number(ColorSpaceTag) is null or Uncalibrated && camera.Subdirectory(InteroperabilityTag).HasText(IndexTag, "R03"u8));
        return new(ExifOrientation.FromTag(root.Number(OrientationTag) ?? 1), isAdobeRgb);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>A list of entries of 12 bytes: tag, type, count of values, value or where it is.</summary>
    private readonly ref struct Directory
    {
        private const int EntryBytes = 12;

        private readonly ReadOnlySpan<byte> _tiff, _entries;
        private readonly bool _isBigEndian;

        public Directory(ReadOnlySpan<byte> tiff, uint place, bool isBigEndian)
        {
            _tiff = tiff;
            _isBigEndian = isBigEndian;
            if (place > tiff.Length - 2)
                return;
            var entries = tiff[((int)place + 2)..];
            int count = Math.Min(UInt16(tiff[(int)place..], isBigEndian), entries.Length / EntryBytes);
            _entries = entries[..(count * EntryBytes)];
        }

        public int? Number(ushort tag) => Entry(tag, ShortType) is { IsEmpty: false } entry ? UInt16(entry[8..], _isBigEndian) : null;

        public bool HasText(ushort tag, ReadOnlySpan<byte> text) => Entry(tag, TextType) is { IsEmpty: false } entry && entry[8..].StartsWith(text);

        /// <summary>The directory that an entry leads to; an empty one if there is none.</summary>
        public Directory Subdirectory(ushort tag) =>
            Entry(tag, LongType) is { IsEmpty: false } entry ? new(_tiff, UInt32(entry[8..], _isBigEndian), _isBigEndian) : default;

        private ReadOnlySpan<byte> Entry(ushort tag, ushort type)
        {
            for (var rest = _entries; !rest.IsEmpty; rest = rest[EntryBytes..])
                if (UInt16(rest, _isBigEndian) == tag && UInt16(rest[2..], _isBigEndian) == type)
                    return rest[..EntryBytes];
            return default;
        }
    }
}
