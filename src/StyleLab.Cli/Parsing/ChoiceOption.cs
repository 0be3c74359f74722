using System.CommandLine;

namespace StyleLab.Cli.Parsing;

/// <summary>Options that take one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>An option of the given values, written in small letters; the first is the default.</summary>
    public static Option<string> Create(string name, string description, params string[] choices) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', choices),
        DefaultValueFactory = _ => choices[0],
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var choice = choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (choice is null)
                result.AddError($"{name} takes {string.Join(" or ", choices)}, got '{text}'.");
            return choice ?? "";
        },
    };
}
