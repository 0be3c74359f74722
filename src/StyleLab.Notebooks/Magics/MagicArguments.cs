using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>What stands behind the name of a magic: <c>--name value</c> pairs and one word without a name.</summary>
internal sealed partial class MagicArguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly string _magic;

    /// <param name="magic">The name of the magic, for messages.</param>
    /// <param name="text">The arguments as typed.</param>
    /// <param name="options">The known names; a word without a name belongs to the first.</param>
    /// <exception cref="NotebookException">An option is unknown.</exception>
    public MagicArguments(string magic, string text, IReadOnlyList<string> options)
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
                continue;
            }

            if ((option ?? options.FirstOrDefault()) is not { } name)
                throw new NotebookException($"#!{magic} takes no arguments, got {word}.");
            _values[name] = Unquote(word);
            option = null;
        }
    }

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
