using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>What stands behind the name of a magic: <c>--name value</c> pairs and words without a name.</summary>
internal sealed partial class MagicArguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly string _magic;

    /// <param name="magic">The name of the magic, for messages.</param>
    /// <param name="text">The arguments as typed.</param>
    /// <param name="options">The known names; a word without a name belongs to the first that is not given yet.</param>
    /// <param name="flags">Those of the options that have no value.</param>
    /// <exception cref="NotebookException">An option is unknown.</exception>
    public MagicArguments(string magic, string text, IReadOnlyList<string> options, IReadOnlyList<string>? flags = null)
    {
        _magic = magic;
        string? option = null;
        foreach (string word in Words().Matches(text).Select(match => match.Value))
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                option = word[2..];
                if (!options.Contains(option))
                    throw new NotebookException($"#!{magic} has no option {word}; {Known(options)}.");
                _values[option] = "";
                option = flags?.Contains(option) == true ? null : option;
                continue;
            }

            if ((option ?? options.FirstOrDefault(known => !_values.ContainsKey(known))) is not { } name)
                throw new NotebookException(options.Count == 0 ? $"#!{magic} takes no arguments, got {word}." : $"#!{magic} has no place for {word}; {Known(options)}.");
            _values[name] = Unquote(word);
            option = null;
        }
    }

    /// <summary>What was given, by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    public string? this[string option] => _values.GetValueOrDefault(option);

    /// <exception cref="NotebookException">It is not given.</exception>
    public string Required(string option) =>
        _values.GetValueOrDefault(option) is { Length: > 0 } value
            ? value
            : throw new NotebookException($"#!{_magic} needs --{option}.");

    private static string Known(IReadOnlyList<string> options) =>
        options.Count == 0 ? "it takes none" : "it takes " + string.Join(", ", options.Select(o => "--" + o));

    // @input:"a prompt" and JSON stay as they are; whoever reads them knows what the quotes mean.
    private static string Unquote(string word) =>
        word.Length >= 2 && word[0] == '"' && word[^1] == '"' && !word.Contains('\\') ? word[1..^1] : word;

    [GeneratedRegex("""[@\w][@\w\-.]*:?"[^"]*"|[@\w][@\w\-.]*:\{.*\}|"(\\.|[^"\\])*"|[\[{].*[\]}]|\S+""")]
    private static partial Regex Words();
}
