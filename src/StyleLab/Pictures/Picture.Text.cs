using System.Collections.ObjectModel;
using System.Text;
using StyleLab.Pictures.Png;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>
    /// Notes that travel with the picture in a PNG file, keyword → text; empty when there are none.
    /// They describe exactly these pixels, so an operation that makes other pixels (resize, crop, blur…) starts without them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Text { get; internal init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The same picture with one more note; an earlier note under this keyword is replaced.</summary>
    /// <param name="keyword">1 to 79 printable Latin-1 characters, spaces only single and inside, as PNG demands.</param>
    /// <param name="text">Any Unicode text without NUL characters.</param>
    /// <returns>A picture that shares the values of this one.</returns>
    /// <exception cref="ArgumentException">The keyword or the text cannot be stored in a PNG file.</exception>
    public Picture WithText(string keyword, string text)
    {
        if (!PngText.IsKeyword(keyword))
            throw new ArgumentException(
                $"A text keyword is 1 to 79 printable Latin-1 characters with single spaces inside only, got \"{keyword}\".");
        if (text.Contains('\0') || !IsUnicode(text))
            throw new ArgumentException(
                $"The text for \"{keyword}\" holds a NUL or half a surrogate pair, which no PNG file can store.");
        return new Picture(Width, Height, Values)
        {
            _noted = _noted,
            Alpha = Alpha,
            Text = new Dictionary<string, string>(Text) { [keyword] = text }.AsReadOnly(),
        };
    }

    /// <summary>The same picture with these notes.</summary>
    internal Picture WithTexts(IReadOnlyDictionary<string, string> text) => new(Width, Height, Values) { Alpha = Alpha, Text = text };

    // Half a surrogate pair does not survive the way through UTF-8.
    private static bool IsUnicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
