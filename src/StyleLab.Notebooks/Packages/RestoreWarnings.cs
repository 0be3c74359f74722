using System.Text.RegularExpressions;

namespace StyleLab.Notebooks.Packages;

/// <summary>What a restore that succeeded has to tell.</summary>
internal static partial class RestoreWarnings
{
    /// <summary>NuGet's number for a version that is lower than another package needs.</summary>
    public const string LowerVersion = "NU1605";

    /// <summary>Each in one sentence.</summary>
    public static IEnumerable<string> In(string text) =>
        SilentSources(text).Select(NoAnswer).Concat(Downgrade().Matches(text).Select(Lower)).Distinct();

    /// <summary>Says that a source was left out.</summary>
    public static string NoAnswer(string source) => $"The package source {source} does not answer; it is left out.";

    /// <summary>The sources that were left out.</summary>
    public static IEnumerable<string> SilentSources(string text) => SilentSource().Matches(text).Select(match => match.Groups["source"].Value);

    private static string Lower(Match match)
    {
        string who = match.Groups["who"] is { Success: true, Value: var name } ? name : "another package";
        return $"{match.Groups["name"].Value} stays at version {match.Groups["to"].Value}, though {who} needs {match.Groups["from"].Value} or later; " +
            "if that fails, ask for the later version.";
    }

    [GeneratedRegex(@"warning NU1801: .*? source (?<source>\S+?)\.?\s*$", RegexOptions.Multiline)]
    private static partial Regex SilentSource();

    [GeneratedRegex(@"NU1605: .*?: (?<name>\S+) from (?<from>\S+) to (?<to>\S+?)\. .*(\n.*NU1605: +packages -> (?<who>\S+).*)?")]
    private static partial Regex Downgrade();
}
