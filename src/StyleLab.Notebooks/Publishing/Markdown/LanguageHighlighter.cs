using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>SQL, F# and HTTP requests as HTML with coloured words, strings, numbers and comments.</summary>
internal static partial class LanguageHighlighter
{
    private const int Longest = 20_000;

    private static readonly HashSet<string> FSharpWords =
    [
        .. ("abstract and as assert async base begin class default delegate do done downcast downto elif else end exception extern false finally fixed for fun " +
            "function global if in inherit inline interface internal lazy let match member module mutable namespace new not null of open or override " +
            "private public rec return select sig static struct task then to true try type upcast use val void when while with yield").Split(' '),
    ];

    private static readonly HashSet<string> SqlWords = new(
        ("add all alter and as asc autoincrement begin between by case cast check collate column commit constraint create cross database default delete desc distinct drop else end " +
         "escape except exists explain false foreign from full glob group having if in index inner insert intersect into is join key left like limit natural not null " +
         "offset on or order outer over partition pragma primary recursive references replace returning right rollback select set table temp temporary then to transaction " +
         "trigger true union unique update using values view when where window with").Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>The text coloured; as it is where the language is none of these.</summary>
    public static string ToHtml(string text, string language)
    {
        if (text.Length > Longest)
            return WebUtility.HtmlEncode(text);
        return language switch
        {
            _ when language == Language.FSharp.Name => Coloured(text, FSharp(), FSharpWords.Contains),
            _ when language == Language.Http.Name => Coloured(text, Http(), _ => false),
            _ when language == Language.Sql.Name || language.StartsWith("sql-", StringComparison.Ordinal) => Coloured(text, Sql(), SqlWords.Contains),
            _ => WebUtility.HtmlEncode(text),
        };
    }

    private static string Coloured(string text, Regex tokens, Func<string, bool> isKeyword)
    {
        var html = new StringBuilder();
        int copied = 0;
        foreach (Match token in tokens.Matches(text))
        {
            var kind = token.Groups.Cast<Group>().Skip(1).FirstOrDefault(group => group.Success);
            string? style = kind?.Name == "word" ? (isKeyword(token.Value) ? "keyword" : null) : kind?.Name;
            if (style == null)
                continue;
            html.Append(WebUtility.HtmlEncode(text[copied..token.Index])).Append($"<span class=\"{style}\">{WebUtility.HtmlEncode(token.Value)}</span>");
            copied = token.Index + token.Length;
        }

        return html.Append(WebUtility.HtmlEncode(text[copied..])).ToString();
    }

    [GeneratedRegex("""(?<comment>//[^\n]*|\(\*(?!\)).*?\*\))|(?<string>\"{3}.*?\"{3}|"(?:\\.|[^"\\])*"|'(?:\\[^'\n]+|[^'\\\n])')|(?<word>[A-Za-z_][\w']*)|(?<number>\b\d[\w.]*)|(?<directive>^\#[^\n]*)""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FSharp();

    [GeneratedRegex("""(?<comment>--[^\n]*|/\*.*?\*/)|(?<string>'(?:''|[^'])*')|(?<method>[@:$][A-Za-z_]\w*)|(?<word>[A-Za-z_]\w*)|(?<number>\b\d[\w.]*)""", RegexOptions.Singleline)]
    private static partial Regex Sql();

    [GeneratedRegex("""(?<directive>^\#\#\#[^\n]*|^@[\w.\-]+)|(?<comment>^(?:\#|//)[^\n]*)|(?<keyword>^[A-Z]+(?=\s+(?:https?:|\{\{)))|(?<type>^[\w\-]+(?=:[^/]))|(?<method>\{\{.*?\}\})|(?<string>"(?:\\.|[^"\\\n])*")|(?<number>\b\d+(?:\.\d+)?\b)""", RegexOptions.Multiline)]
    private static partial Regex Http();
}
