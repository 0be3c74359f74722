namespace StyleLab.Pictures.Jpeg;

/// <summary>The file is a JPEG of a rare kind, which another library may read.</summary>
/// <param name="what">Reads like "arithmetic coding".</param>
internal sealed class UnsupportedJpegException(string what) : Exception(what);
