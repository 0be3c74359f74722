namespace StyleLab.Notebooks;

/// <summary>Shortens what a recursion leaves in a traceback: the same lines over and over.</summary>
internal static class RepeatedLines
{
    private const int LongestBlock = 4;
    private const int FewestRepeats = 4;

    /// <summary>Each block that stands there four times or more in a row once, with a note of how often it follows.</summary>
    public static IEnumerable<string> Fold(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count;)
        {
            var (length, repeats) = BlockAt(lines, i);
            for (int j = 0; j < length; j++)
                yield return lines[i + j];
            if (repeats > 1)
                yield return length == 1 ? $"   … the same {repeats - 1} times more" : $"   … these {length} lines {repeats - 1} times more";
            i += length * repeats;
        }
    }

    private static (int Length, int Repeats) BlockAt(IReadOnlyList<string> lines, int start)
    {
        for (int length = 1; length <= LongestBlock; length++)
        {
            int end = start + length;
            while (end < lines.Count && lines[end] == lines[end - length])
                end++;
            int repeats = (end - start) / length;
            if (repeats >= FewestRepeats)
                return (length, repeats);
        }

        return (1, 1);
    }
}
