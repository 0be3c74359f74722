using System.Globalization;
using System.Numerics;

namespace StyleLab.Cli.Parsing;

/// <summary>What one word after an option can be.</summary>
/// <param name="HelpName">Stands for it in the help text.</param>
/// <param name="Expected">Says what it must be, as in “takes a whole number of at least 1”; empty if any word will do.</param>
/// <param name="Parse">Reads a word; false for a wrong one.</param>
internal sealed record ValueKind<T>(string HelpName, string Expected, ValueKind<T>.Reader Parse)
{
    public delegate bool Reader(string word, out T value);

    /// <summary>True for a word after which a list has no more, such as a folder of pictures; none if not given.</summary>
    public Func<string, bool> EndsList { get; init; } = _ => false;
}

/// <summary>The kinds of values that options take.</summary>
internal static class ValueKind
{
    /// <summary>A weight or a time: any number from 0 up.</summary>
    public static ValueKind<double> Weight { get; } = Number("W", "a number of at least 0", number => number >= 0);

    /// <summary>A factor or a rate: any number above 0.</summary>
    public static ValueKind<double> Positive { get; } = Number("X", "a number above 0", number => number > 0);

    /// <summary>A word that is looked up later on, such as a name or a file.</summary>
    public static ValueKind<string> Word(string helpName) => new(helpName, "", (string word, out string value) =>
    {
        value = word;
        return true;
    });

    /// <summary>A whole number from <paramref name="smallest"/> up.</summary>
    public static ValueKind<T> Whole<T>(T smallest) where T : struct, IBinaryInteger<T> => new("N", $"a whole number of at least {smallest}",
        (string word, out T value) => T.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= smallest);

    /// <summary>One of a few words, written in small letters.</summary>
    public static ValueKind<string> Choice(params string[] choices) => new(string.Join('|', choices), string.Join(" or ", choices),
        (string word, out string value) =>
        {
            value = word.ToLowerInvariant();
            return choices.Contains(value);
        });

    private static ValueKind<double> Number(string helpName, string expected, Func<double, bool> isRight) => new(helpName, expected,
        (string word, out double value) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value) && isRight(value));
}
