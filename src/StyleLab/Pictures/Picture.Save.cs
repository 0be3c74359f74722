using StyleLab.Pictures.Jpeg;
using StyleLab.Pictures.Png;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>
    /// Writes the picture, values clamped to 0..1, in the format that the extension names: .png (lossless, with <see cref="Text"/> and
    /// <see cref="Alpha"/>) or .jpg/.jpeg (quality 92, laid over white, without the text). The file appears complete or not at all.
    /// </summary>
    /// <exception cref="StyleLabException">The extension is another one, or the file cannot be written.</exception>
    public void Save(string path)
    {
        if (Directory.Exists(path))
            throw new StyleLabException($"{path} is a folder: give the path of the file to write.");
        var encoded = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => EncodePng(),
            ".jpg" or ".jpeg" => EncodeJpeg(),
            var other => throw new StyleLabException(
                $"\"{path}\" {(other.Length == 0 ? "has no extension" : $"has the extension {other}")}: pictures are saved as .png, .jpg or .jpeg."),
        };
        WholeFile.Write(path, file => file.Write(encoded));
    }

    /// <summary>The picture as the bytes of a PNG file: 8-bit RGB, or RGBA with an <see cref="Alpha"/>, lossless, with <see cref="Text"/>.</summary>
    public byte[] EncodePng() => PngWriter.Write(this);

    /// <summary>The picture as the bytes of a JPEG file; laid over white, as JPEG knows no transparency.</summary>
    /// <param name="quality">1 (smallest) to 100 (best).</param>
    /// <exception cref="ArgumentException">The quality is not 1 to 100.</exception>
    public byte[] EncodeJpeg(int quality = 92)
    {
        if (quality is < 1 or > 100)
            throw new ArgumentException($"JPEG quality runs from 1 to 100, got {quality}.");
        return JpegWriter.Write(this, quality);
    }
}
