using System.Text;

namespace StyleLab.Jupyter.Messages;

/// <summary>Jupyter counts code points (since protocol 5.2), C# strings count UTF-16 units.</summary>
internal static class CursorPosition
{
    /// <summary>The index in the string; positions outside are moved to its ends.</summary>
    public static int ToIndex(string text, int codePoints)
    {
        int index = 0;
        while (codePoints-- > 0 && index < text.Length)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    public static int FromIndex(string text, int index)
    {
        int codePoints = 0;
        foreach (var _ in text.AsSpan(0, index).EnumerateRunes())
            codePoints++;
        return codePoints;
    }
}
