using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks.Packages;

/// <summary>The versions that a range (<c>[13.0.1, 14.0)</c>) or a pattern (<c>13.0.*</c>) of NuGet's allows.</summary>
internal static partial class VersionRange
{
    /// <summary>Whether a version is among them. A plain version stands for itself only.</summary>
    public static bool Allows(string range, string version)
    {
        range = range.Replace(" ", "");
        if (range.Contains('*') && range[0] is not ('[' or '('))
            return Matches(range, version);
        if (Range().Match(range) is not { Success: true } match)
            return range.Equals(version, StringComparison.OrdinalIgnoreCase);
        string low = match.Groups["low"].Value, high = match.Groups["high"].Value;
        if (!match.Groups["comma"].Success)
            return Compare(version, low) == 0;
        return (low.Length == 0 || (low.Contains('*') ? Matches(low, version) || Compare(version, Least(low)) > 0 : Compare(version, low) is var above && (above > 0 || (above == 0 && range[0] == '['))))
            && (high.Length == 0 || (Compare(version, high) is var below && (below < 0 || (below == 0 && range[^1] == ']'))));
    }

    // "*" is every release, "*-*" also what comes before one.
    private static bool Matches(string pattern, string version)
    {
        bool allowsPrerelease = pattern.Contains('-');
        string start = pattern[..pattern.IndexOf('*')];
        return (allowsPrerelease || !version.Contains('-'))
            && (start.Length == 0 || (start.EndsWith('.') ? version + "." : version).StartsWith(start, StringComparison.OrdinalIgnoreCase));
    }

    private static string Least(string pattern) => pattern[..pattern.IndexOf('*')].TrimEnd('.', '-') is { Length: > 0 } start ? start : "0";

    private static int Compare(string one, string other)
    {
        var (left, right) = (Split(one), Split(other));
        for (int i = 0; i < 4; i++)
        {
            if (left.Numbers[i] != right.Numbers[i])
                return left.Numbers[i].CompareTo(right.Numbers[i]);
        }

        // A release comes after what came before it.
        return (left.Prerelease.Length == 0, right.Prerelease.Length == 0) switch
        {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => -1,
            _ => ComparePrereleases(left.Prerelease, right.Prerelease),
        };
    }

    private static int ComparePrereleases(string one, string other)
    {
        string[] left = one.Split('.'), right = other.Split('.');
        foreach (var (a, b) in left.Zip(right))
        {
            bool areNumbers = long.TryParse(a, CultureInfo.InvariantCulture, out long first) & long.TryParse(b, CultureInfo.InvariantCulture, out long second);
            int difference = areNumbers ? first.CompareTo(second) : string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
            if (difference != 0)
                return difference;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static (long[] Numbers, string Prerelease) Split(string version)
    {
        string[] parts = version.Split('+')[0].Split('-', 2);
        long[] numbers = [.. parts[0].Split('.').Take(4).Select(part => long.TryParse(part, CultureInfo.InvariantCulture, out long number) ? number : 0)];
        return ([.. numbers, .. new long[4 - numbers.Length]], parts.Length > 1 ? parts[1] : "");
    }

    [GeneratedRegex(@"^[\[(](?<low>[^,\[\]()]*)(?<comma>,)?(?<high>[^,\[\]()]*)[\])]$")]
    private static partial Regex Range();
}
