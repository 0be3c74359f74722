using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace StyleLab.Cli.Parsing;

/// <summary>Options that take a number, with an error that says which numbers are meant.</summary>
internal static class NumberOption
{
    /// <summary>A whole number from <paramref name="smallest"/> up.</summary>
    public static Option<T> Whole<T>(string name, string description, T standard, T smallest) where T : struct, IBinaryInteger<T> =>
        Create(name, "N", description, standard, $"a whole number of at least {smallest}",
            text => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= smallest ? value : null);

    /// <summary>A weight: any number from 0 up.</summary>
    public static Option<double> Weight(string name, string description, double standard) =>
        Create(name, "W", description, standard, "a number of at least 0",
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
                ? value : (double?)null);

    private static Option<T> Create<T>(string name, string unit, string description, T standard, string expected, Func<string, T?> parse)
        where T : struct => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (parse(text) is { } value)
                return value;
            result.AddError($"{name} takes {expected}, got '{text}'.");
            return default;
        },
    };
}
