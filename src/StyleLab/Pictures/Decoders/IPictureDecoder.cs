namespace StyleLab.Pictures.Decoders;

/// <summary>A library that reads formats which are not read here.</summary>
internal interface IPictureDecoder
{
    /// <summary>Reads a file: colours in sRGB, turned upright, with its alpha; of several frames the first.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="format">What sentences call it, such as "WebP".</param>
    /// <exception cref="StyleLabException">The data is damaged, truncated, too large or of a kind that the library does not read.</exception>
    Picture Decode(ReadOnlySpan<byte> data, string format);
}
