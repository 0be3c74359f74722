using System.Text.RegularExpressions;
using StyleLab.Notebooks.Packages;

namespace StyleLab.Notebooks;

/// <summary>
/// Takes a cell apart at its <c>#!</c> lines, as notebooks of .NET Interactive have them: the name of a language
/// switches to it for the lines below, any other name is an order. In C#, <c>#r</c> and <c>#i</c> lines of packages
/// and projects are taken out too, because the compiler does not know them; they come first, wherever they stand.
/// </summary>
internal static partial class CellParser
{
    /// <param name="code">The cell.</param>
    /// <param name="language">The language of the text before the first <c>#!</c> line.</param>
    /// <param name="languages">Languages that cells have added; none if null.</param>
    public static IReadOnlyList<CellPart> Parse(string code, Language language, SessionLanguages? languages = null)
    {
        var added = new List<Language>();
        string[] lines = code.ReplaceLineEndings("\n").Split('\n');
        var parts = new List<CellPart>();
        var references = new List<ReferenceLine>();
        var text = new List<string>();
        string arguments = "";
        int start = 0, firstReference = int.MaxValue;

        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            if (HasReferences(language) && Reference(line) is { } reference)
            {
                // What stands below may begin with usings, so it is compiled by itself.
                FinishText();
                references.Add(reference);
                firstReference = Math.Min(firstReference, i + 1);
                start = i + 1;
            }
            else if (MagicLine().Match(line) is { Success: true } match && IsOrder(match.Groups["name"].Value))
            {
                FinishText();
                (string name, start, arguments) = (match.Groups["name"].Value, i + 1, match.Groups["arguments"].Value.Trim());
                if (Find(name) is { } chosen)
                {
                    language = chosen;
                    if (chosen.MimeType == null && chosen != Language.CSharp)
                        continue;
                }
                else
                {
                    parts.Add(new MagicPart(i + 1, language, name, arguments));
                    if (name == Connect.Name && ConnectionName().Match(arguments) is { Success: true } connection)
                        added.Add(Language.SqlOf(connection.Groups["name"].Value));
                }

                arguments = "";
            }
            else
            {
                text.Add(lines[i]);
            }
        }

        FinishText();
        if (references.Count > 0)
            parts.Insert(0, new ReferencePart(firstReference, references));
        return parts;

        void FinishText()
        {
            bool isNamedValue = language == Language.Value && arguments.Length > 0;
            if (isNamedValue || text.Any(line => line.Trim().Length > 0))
            {
                var before = language == Language.CSharp ? Enumerable.Repeat("", start) : [];
                parts.Add(new CodePart(start + 1, language, arguments, string.Join("\n", before.Concat(text))));
            }

            text.Clear();
        }

        Language? Find(string name) => languages?.Find(name) ?? Language.Find(name) ?? added.FindLast(known => known.IsCalled(name));

        // Text in other languages may have lines that only look like orders.
        bool IsOrder(string name) => language == Language.CSharp || Find(name) != null || MagicTable.Find(name) != null;
    }

    /// <summary>The language of a line.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="line">From 1.</param>
    /// <param name="languages">Languages that cells have added.</param>
    public static Language LanguageAt(string code, int line, SessionLanguages? languages = null) =>
        Parse(string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Take(line)) + "x", Language.CSharp, languages).LastOrDefault() switch
        {
            CodePart part => part.Language,
            MagicPart magic => magic.Language,
            _ => Language.CSharp,
        };

    /// <summary>The text with every line that is not C# made empty.</summary>
    public static string CSharpOnly(string code, SessionLanguages? languages = null)
    {
        string[] lines = new string[code.ReplaceLineEndings("\n").Count(c => c == '\n') + 1];
        foreach (var part in Parse(code, Language.CSharp, languages).OfType<CodePart>().Where(part => part.Language == Language.CSharp))
        {
            foreach (var (index, line) in part.Text.Split('\n').Index())
                lines[index] = string.IsNullOrEmpty(lines[index]) ? line : lines[index];
        }

        return string.Join("\n", lines);
    }

    private static bool HasReferences(Language language) => language == Language.CSharp || language == Language.FSharp;

    private static ReferenceLine? Reference(string line)
    {
        if (ReferenceDirective().Match(line) is not { Success: true } match)
            return null;
        string text = match.Groups["text"].Value.Trim();
        bool isSource = match.Groups["directive"].Value == "i";
        if (text.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            return new ReferenceLine(isSource ? ReferenceKind.PackageSource : ReferenceKind.Package, text["nuget:".Length..].Trim());
        return !isSource && text.EndsWith("proj", StringComparison.OrdinalIgnoreCase)
            ? new ReferenceLine(ReferenceKind.Project, text)
            : null;
    }

    [GeneratedRegex(@"^#!(?<name>[A-Za-z][\w\-#]*)(?<arguments>\s.*)?$")]
    private static partial Regex MagicLine();

    [GeneratedRegex($@"--{Connect.NameOption}\s+(?<name>[\w\-.]+)")]
    private static partial Regex ConnectionName();

    [GeneratedRegex("""^\s*#(?<directive>[ri]):?\s*"?(?<text>[^"]+)"?\s*(//.*)?$""")]
    private static partial Regex ReferenceDirective();
}
