namespace StyleLab.Reading;

/// <summary>Finds the names that a mistyped one may have meant.</summary>
internal static class NearestNames
{
    /// <summary>The nearest names by edit distance, nearest first; case does not count, and among equals the earlier comes first.</summary>
    public static IReadOnlyList<string> Find(string typed, IEnumerable<string> names, int count)
    {
        // What a person may have meant is short; a longer text is only compared at its beginning.
        const int compared = 64;
        var start = typed.Length <= compared ? typed : typed[..compared];
        return names.OrderBy(name => Distance(start, name)).Take(count).ToList();
    }

    /// <summary>
    /// Levenshtein's distance in thousandths of an edit, except that a digit in place of another costs a tenth for each
    /// step between them and slightly more the further left it is: from relu4_5 it is nearer to relu4_4 than to relu4_1 or relu3_4.
    /// </summary>
    internal static int Distance(string typed, string name)
    {
        const int edit = 1000;
        var previous = new int[name.Length + 1];
        for (var j = 0; j <= name.Length; j++)
            previous[j] = j * edit;
        for (var i = 1; i <= typed.Length; i++)
        {
            var current = new int[name.Length + 1];
            current[0] = i * edit;
            for (var j = 1; j <= name.Length; j++)
                current[j] = Math.Min(
                    Math.Min(previous[j], current[j - 1]) + edit,
                    previous[j - 1] + Replacement(typed[i - 1], name[j - 1], name.Length - j));
            previous = current;
        }
        return previous[^1];

        static int Replacement(char typed, char wanted, int charactersAfter) =>
            char.ToLowerInvariant(typed) == char.ToLowerInvariant(wanted) ? 0
            : char.IsAsciiDigit(typed) && char.IsAsciiDigit(wanted) ? Math.Abs(typed - wanted) * edit / 10 + Math.Min(charactersAfter, 50)
            : edit;
    }
}
