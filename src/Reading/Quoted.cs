namespace StyleLab.Reading;

/// <summary>Puts text that came from a file or a user into a message, so that the message stays one readable line.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    public static string Text(string text)
    {
        var start = text.Length <= Longest ? text : text[..Longest];
        var plain = string.Concat(start.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c));
        return text.Length <= Longest ? $"'{plain}'" : $"'{plain}…'";
    }
}
