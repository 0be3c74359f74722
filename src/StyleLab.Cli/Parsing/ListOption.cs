using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace StyleLab.Cli.Parsing;

/// <summary>Options of a sweep: one value is a setting, several are tried one after the other.</summary>
internal static class ListOption
{
    /// <summary>Weights: numbers from 0 up.</summary>
    public static Option<double[]> Weights(string name, string description, double standard) => Of(name, description, "W…", standard,
        "numbers of at least 0", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            && double.IsFinite(weight) && weight >= 0 ? weight : null);

    /// <summary>Whole numbers from 0 up.</summary>
    public static Option<T[]> Whole<T>(string name, string description, T standard) where T : struct, IBinaryInteger<T> => Of(name, description, "N…", standard,
        "whole numbers of at least 0", text => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (T?)null);

    /// <summary>Words, names or files.</summary>
    public static Option<string[]> Words(string name, string description, string helpName, string standard) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [standard],
        CustomParser = result => Distinct(result, name, [.. result.Tokens.Select(t => t.Value)]),
    };

    /// <summary>Some of a few words, written in small letters; the first is the default.</summary>
    public static Option<string[]> Choices(string name, string description, params string[] choices)
    {
        var option = Words(name, description, $"{string.Join('|', choices)}…", choices[0]);
        option.CustomParser = result =>
        {
            string[] words = [.. result.Tokens.Select(t => t.Value.ToLowerInvariant())];
            if (words.FirstOrDefault(word => !choices.Contains(word)) is { } wrong)
                result.AddError($"{name} takes {string.Join(" or ", choices)}, got '{wrong}'.");
            return Distinct(result, name, words);
        };
        return option;
    }

    private static Option<T[]> Of<T>(string name, string description, string helpName, T standard, string expected, Func<string, T?> parse)
        where T : struct => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [standard],
        CustomParser = result =>
        {
            var wrong = result.Tokens.FirstOrDefault(token => parse(token.Value) is null);
            if (wrong is not null)
                result.AddError($"{name} takes {expected}, got '{wrong.Value}'.");
            return Distinct(result, name, [.. result.Tokens.Select(token => parse(token.Value) ?? default)]);
        },
    };

    private static T[] Distinct<T>(ArgumentResult result, string name, T[] values)
    {
        if (!result.Errors.Any() && values.GroupBy(v => v).FirstOrDefault(g => g.Count() > 1) is { } twice)
            result.AddError($"{name} has {string.Create(CultureInfo.InvariantCulture, $"{twice.Key}")} twice.");
        return values;
    }
}
