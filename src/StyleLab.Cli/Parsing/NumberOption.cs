using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace StyleLab.Cli.Parsing;

/// <summary>Options that take a number, with an error that says which numbers are meant.</summary>
internal static class NumberOption
{
    /// <summary>A whole number from <paramref name="smallest"/> up.</summary>
    public static Option<T> Whole<T>(string name, string description, T standard, T smallest) where T : struct, IBinaryInteger<T> => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result => WholeOf(result, name, smallest) ?? default,
    };

    /// <summary>A whole number of seconds from 1 up; null if not given.</summary>
    public static Option<int?> Seconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "S",
        CustomParser = result => WholeOf(result, name, 1),
    };

    /// <summary>A whole number from 1 up; null if not given.</summary>
    public static Option<int?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => WholeOf(result, name, 1),
    };

    /// <summary>A weight or a time: any number from 0 up.</summary>
    public static Option<double> Weight(string name, string description, double standard, string helpName = "W") => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0)
                return value;
            result.AddError($"{name} takes a number of at least 0, got '{text}'.");
            return default;
        },
    };

    private static T? WholeOf<T>(ArgumentResult result, string name, T smallest) where T : struct, IBinaryInteger<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= smallest)
            return value;
        result.AddError($"{name} takes a whole number of at least {smallest}, got '{text}'.");
        return null;
    }
}
