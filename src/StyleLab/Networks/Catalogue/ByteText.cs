using System.Globalization;

namespace StyleLab.Networks;

/// <summary>A number of bytes for people.</summary>
internal static class ByteText
{
    /// <summary>Such as <c>574.7 MB</c>: millions of bytes, as download pages count.</summary>
    public static string Of(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
