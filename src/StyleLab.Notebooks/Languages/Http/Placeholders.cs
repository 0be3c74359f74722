using System.Globalization;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>Puts values in place of <c>{{…}}</c>.</summary>
internal static class Placeholders
{
    private const int DeepestNesting = 20;

    /// <param name="text">Text with <c>{{name}}</c> in it.</param>
    /// <param name="line">The line of the cell it stands in.</param>
    /// <param name="find">The value of a name; null if there is none.</param>
    /// <exception cref="LanguageException">A name has no value.</exception>
    public static string Fill(string text, int line, Func<string, string?> find) => Fill(text, line, find, 0);

    private static string Fill(string text, int line, Func<string, string?> find, int depth)
    {
        if (depth > DeepestNesting)
            throw new LanguageException(line, $"The variables name each other without end in \"{text}\".");
        var filled = new StringBuilder();
        int copied = 0;
        while (text.IndexOf("{{", copied, StringComparison.Ordinal) is >= 0 and var start
            && text.IndexOf("}}", start, StringComparison.Ordinal) is >= 0 and var end)
        {
            string name = text[(start + 2)..end].Trim();
            string value = name.StartsWith('$') ? BuiltIn(name[1..], line) : find(name) ?? throw new LanguageException(line, Missing(name));
            filled.Append(text, copied, start - copied).Append(value.Contains("{{", StringComparison.Ordinal) ? Fill(value, line, find, depth + 1) : value);
            copied = end + 2;
        }

        return filled.Append(text, copied, text.Length - copied).ToString();
    }

    private static string Missing(string name) =>
        $"{{{{{name}}}}} has no value; write @{name} = … above the request, or declare a C# variable of that name.";

    /// <summary><c>$guid</c>, <c>$randomInt 1 10</c>, <c>$timestamp -1 d</c>, <c>$datetime iso8601 2 h</c>, <c>$processEnv NAME</c></summary>
    private static string BuiltIn(string text, int line)
    {
        string[] words = Words(text);
        var now = DateTimeOffset.UtcNow;
        switch (words)
        {
            case ["guid"]:
                return Guid.NewGuid().ToString();
            case ["randomInt", .. var limits] when limits.Length <= 2 && limits.All(limit => int.TryParse(limit, CultureInfo.InvariantCulture, out _)):
                int[] numbers = [.. limits.Select(limit => int.Parse(limit, CultureInfo.InvariantCulture))];
                var (least, most) = numbers switch { [var one] => (0, one), [var low, var high] => (low, high), _ => (0, int.MaxValue) };
                return least < most
                    ? Random.Shared.Next(least, most).ToString(CultureInfo.InvariantCulture)
                    : throw new LanguageException(line, $"{{{{${text}}}}} needs a least number below the other.");
            case ["processEnv", var name]:
                return Environment.GetEnvironmentVariable(name) ?? throw new LanguageException(line, $"There is no environment variable {name}.");
            case ["timestamp", .. var offset] when Later(now, offset) is { } time:
                return time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            case ["datetime", var format, .. var offset] when Later(now, offset) is { } time:
                return Formatted(time, format);
            case ["localDatetime", var format, .. var offset] when Later(now.ToLocalTime(), offset) is { } time:
                return Formatted(time, format);
            default:
                throw new LanguageException(line,
                    $"{{{{${text}}}}} is not known; there are $guid, $randomInt, $timestamp, $datetime, $localDatetime and $processEnv.");
        }
    }

    private static string Formatted(DateTimeOffset time, string format) => format switch
    {
        "iso8601" => time.ToString("yyyy-MM-ddTHH:mm:ss.fffK", CultureInfo.InvariantCulture).Replace("+00:00", "Z"),
        "rfc1123" => time.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture),
        _ => time.ToString(format.Trim('"', '\''), CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset? Later(DateTimeOffset time, string[] offset)
    {
        if (offset.Length == 0)
            return time;
        if (offset is not [var text, var unit] || !int.TryParse(text, CultureInfo.InvariantCulture, out int number))
            return null;
        return unit switch
        {
            "ms" => time.AddMilliseconds(number),
            "s" => time.AddSeconds(number),
            "m" => time.AddMinutes(number),
            "h" => time.AddHours(number),
            "d" => time.AddDays(number),
            "w" => time.AddDays(7.0 * number),
            "M" => time.AddMonths(number),
            "y" => time.AddYears(number),
            _ => null,
        };
    }

    // A format may have spaces between quotes.
    private static string[] Words(string text)
    {
        var words = new List<string>();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isWithin = words.Count > 0 && words[^1] is ['"' or '\'', ..] open && (open.Length == 1 || open[^1] != open[0]);
            if (isWithin)
                words[^1] += " " + word;
            else
                words.Add(word);
        }

        return [.. words];
    }
}
