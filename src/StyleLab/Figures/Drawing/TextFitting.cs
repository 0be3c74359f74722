namespace StyleLab.Figures;

/// <summary>Text in the room there is.</summary>
internal static class TextFitting
{
    // Fonts differ; a page may show text a little wider than our own letters.
    private const double Allowance = 1.08;

    /// <summary>The text, or as much of its beginning as fits with “…” after it.</summary>
    public static string Shorten(string text, double size, double room)
    {
        if (Fits(text, size, room))
            return text;
        int length = text.Length - 1;
        while (length > 0 && !Fits(text[..length].TrimEnd() + "…", size, room))
            length--;
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>The text in at most two lines, broken between words.</summary>
    public static IReadOnlyList<string> TwoLines(string text, double size, double room)
    {
        if (Fits(text, size, room))
            return [text];
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int first = words.Length - 1;
        while (first > 0 && !Fits(string.Join(' ', words[..first]), size, room))
            first--;
        return first < 1
            ? [Shorten(text, size, room)]
            : [string.Join(' ', words[..first]), Shorten(string.Join(' ', words[first..]), size, room)];
    }

    private static bool Fits(string text, double size, double room) => StrokeFont.Measure(text, size) * Allowance <= room;
}
