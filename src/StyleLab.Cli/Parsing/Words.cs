using System.CommandLine;
using System.Globalization;

namespace StyleLab.Cli.Parsing;

/// <summary>The words of a call before they are parsed.</summary>
internal static class Words
{
    /// <summary>
    /// The words with the name of an option before each of its values, so that a list ends where it must: the parser would let
    /// <c>--style-weights 2 1 photo.jpg</c> swallow the picture.
    /// </summary>
    public static string[] Spread(IReadOnlyList<string> words, Command command)
    {
        var (spread, i) = (new List<string>(), 0);
        for (; i < words.Count && command.Subcommands.FirstOrDefault(c => c.Name == words[i]) is { } verb; i++)
        {
            spread.Add(words[i]);
            command = verb;
        }
        for (; i < words.Count && words[i] != "--"; i++)
        {
            spread.Add(words[i]);
            if (command.Options.FirstOrDefault(o => o.Name == words[i] || o.Aliases.Contains(words[i])) is not IListOption list || i + 1 == words.Count)
                continue;
            string name = words[i];
            spread.Add(words[++i]);
            while (i + 1 < words.Count && !IsOption(words[i + 1]) && list.Takes(words[i + 1], words[i]))
                spread.AddRange([name, words[++i]]);
        }
        return [.. spread, .. words.Skip(i)];
    }

    /// <summary>True for what begins like an option; a negative number does not.</summary>
    public static bool IsOption(string word) =>
        word is ['-', _, ..] && !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
