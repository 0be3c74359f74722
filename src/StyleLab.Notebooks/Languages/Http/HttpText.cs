using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>
/// Reads the text of <c>.http</c> files: requests separated by <c>###</c>, each an address with its method, headers, an empty line and a
/// body; variables (<c>@name = value</c>); comments, of which <c># @name</c>, <c># @timeout</c> and <c># @no-redirect</c> mean something.
/// </summary>
internal sealed partial class HttpText
{
    private readonly int _firstLine;
    private readonly string[] _lines;
    private readonly List<object> _parts = [];
    private string? _name;
    private TimeSpan? _timeout;
    private bool _staysThere;

    private HttpText(string text, int firstLine) => (_lines, _firstLine) = (text.ReplaceLineEndings("\n").Split('\n'), firstLine);

    /// <summary>The requests and variables, in order: <see cref="RequestText"/> and <see cref="VariableText"/>.</summary>
    /// <exception cref="LanguageException">The text is not of this form.</exception>
    public static IReadOnlyList<object> Read(string text, int firstLine)
    {
        var reader = new HttpText(text, firstLine);
        for (int i = 0; i < reader._lines.Length;)
            i = reader.ReadPart(i);
        return reader._parts;
    }

    private int ReadPart(int i)
    {
        string line = _lines[i].Trim();
        if (IsSeparator(line))
        {
            (_name, _timeout, _staysThere) = (null, null, false);
            return i + 1;
        }

        if (line.Length == 0)
            return i + 1;
        if (Comment(line) is { } comment)
        {
            Note(comment, i);
            return i + 1;
        }

        if (Variable().Match(line) is { Success: true } variable)
        {
            _parts.Add(new VariableText(LineOf(i), variable.Groups["name"].Value, variable.Groups["value"].Value));
            return i + 1;
        }

        return ReadRequest(i);
    }

    private int ReadRequest(int i)
    {
        int first = i;
        string line = _lines[i++].Trim();
        var match = RequestLine().Match(line);
        string address = match.Groups["address"].Value;
        for (; i < _lines.Length && _lines[i].TrimStart() is ['?' or '&', ..] more; i++)
            address += more.Trim();
        var request = new RequestText(LineOf(first), match.Groups["method"] is { Success: true, Value: var method } ? method : "GET", address)
        {
            Name = _name, Timeout = _timeout, StaysThere = _staysThere,
        };
        _parts.Add(request);
        (_name, _timeout, _staysThere) = (null, null, false);

        for (; i < _lines.Length && _lines[i].Trim() is { Length: > 0 } header && !IsSeparator(header); i++)
        {
            if (Comment(header) != null)
                continue;
            if (Header().Match(header) is not { Success: true } pair)
            {
                throw new LanguageException(LineOf(i),
                    $"\"{header}\" is no header; write Name: value, and an empty line before the body of a request.");
            }

            request.Headers.Add((LineOf(i), pair.Groups["name"].Value, pair.Groups["value"].Value));
        }

        int body = i;
        while (i < _lines.Length && !IsSeparator(_lines[i].Trim()))
            i++;
        request.Body = string.Join('\n', _lines[body..i]).Trim('\n');
        return i;
    }

    private void Note(string comment, int i)
    {
        if (Meaning().Match(comment) is not { Success: true } match)
            return;
        string value = match.Groups["value"].Value.Trim();
        switch (match.Groups["word"].Value)
        {
            case "name" when value.Length > 0:
                _name = value;
                break;
            case "no-redirect":
                _staysThere = true;
                break;
            case "timeout":
                _timeout = Time(value) ?? throw new LanguageException(LineOf(i), $"\"{value}\" is no time; write # @timeout 5, in seconds, or 500 ms, 2 m.");
                break;
        }
    }

    private static TimeSpan? Time(string text)
    {
        if (TimeText().Match(text) is not { Success: true } match
            || !double.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out double number) || number is <= 0 or > 1e6)
            return null;
        return match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromSeconds(number),
        };
    }

    private int LineOf(int i) => _firstLine + i;

    private static bool IsSeparator(string line) => line.StartsWith("###", StringComparison.Ordinal);

    private static string? Comment(string line) =>
        line.StartsWith('#') ? line[1..].Trim() : line.StartsWith("//", StringComparison.Ordinal) ? line[2..].Trim() : null;

    [GeneratedRegex(@"^@(?<name>[A-Za-z_][\w\-.]*)\s*=\s*(?<value>.*)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^((?<method>[A-Za-z]+)\s+)?(?<address>.*?)(\s+HTTP/[\d.]+)?$")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^(?<name>[^\s:]+)\s*:\s*(?<value>.*)$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^@(?<word>[\w\-]+)(?<value>\s.*)?$")]
    private static partial Regex Meaning();

    [GeneratedRegex(@"^(?<number>[\d.]+)\s*(?<unit>ms|s|m)?$")]
    private static partial Regex TimeText();
}
