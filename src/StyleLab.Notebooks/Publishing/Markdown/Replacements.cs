using System.Text;

namespace StyleLab.Notebooks;

/// <summary>Changes to places in a text, which are made at once.</summary>
internal sealed class Replacements(string text)
{
    private readonly SortedDictionary<int, (int Length, string With)> _changes = [];

    /// <summary>Replaces a place; one that begins where another does counts once.</summary>
    public void Add(int start, int length, string with) => _changes.TryAdd(start, (length, with));

    /// <summary>The text with all changes; a place inside another is changed with it.</summary>
    public string Apply()
    {
        var changed = new StringBuilder();
        int at = 0;
        foreach (var (start, (length, with)) in _changes)
        {
            if (start < at)
                continue;
            changed.Append(text, at, start - at).Append(with);
            at = start + length;
        }

        return changed.Append(text, at, text.Length - at).ToString();
    }
}
