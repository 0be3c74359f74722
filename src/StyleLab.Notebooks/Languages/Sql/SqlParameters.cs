using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>The parameters of a statement: <c>@name</c>, <c>:name</c>, <c>$name</c>, outside of strings and comments.</summary>
internal static partial class SqlParameters
{
    /// <summary>Each once, with its sign.</summary>
    public static IReadOnlyList<string> In(string sql) =>
        [.. Token().Matches(sql).Where(match => match.Groups["name"].Success).Select(match => match.Groups["name"].Value).Distinct()];

    [GeneratedRegex("""'(''|[^'])*'|"(""|[^"])*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|::|(?<![\w@:$])(?<name>[@:$][A-Za-z_]\w*)""", RegexOptions.Singleline)]
    private static partial Regex Token();
}
