using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Text as a terminal would leave it: colours are taken out, a carriage return starts the line anew.</summary>
internal static partial class TerminalText
{
    public static string Plain(string text)
    {
        var lines = EscapeSequence().Replace(text, "").Replace("\r\n", "\n").Split('\n');
        return string.Join("\n", lines.Select(line => line.TrimEnd('\r').Split('\r')[^1]));
    }

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\^_])")]
    private static partial Regex EscapeSequence();
}
