namespace StyleLab.Pictures.Jpeg;

/// <summary>The sentences for JPEG files that cannot be read.</summary>
internal static class JpegFault
{
    /// <summary>The data stops too early; <paramref name="where"/> reads like "in the middle of a scan".</summary>
    public static StyleLabException Truncated(string where) =>
        new($"The JPEG data ends {where}: the file is truncated; fetch or save it again.");

    /// <summary>The data contradicts itself; <paramref name="what"/> reads like "a Huffman table is too short".</summary>
    public static StyleLabException Damaged(string what) =>
        new($"The JPEG data is damaged: {what}; fetch or save the file again.");

    /// <summary>The file is a JPEG of a rare kind, and no other library reads it.</summary>
    public static StyleLabException Unsupported(string what) =>
        new($"The JPEG uses {what}, which cannot be read here; save it again as an ordinary 8-bit baseline or progressive JPEG.");
}
