using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>What can follow <c>#!</c>, and what <c>#r</c>, <c>#i</c> and <c>#load</c> can name.</summary>
internal static partial class DirectiveCompletions
{
    /// <param name="line">The line up to the place; begins with <c>#!</c>.</param>
    /// <param name="position">Where it ends in the cell.</param>
    /// <param name="session">For the names of variables and values.</param>
    public static Completions Magic(string line, int position, SessionState session)
    {
        int word = line.LastIndexOf(' ') + 1;
        string typed = line[word..];
        if (word == 0)
        {
            var names = Language.All.Select(language => new Completion("#!" + language.Name, "magic", language.Title))
                .Concat(MagicTable.All.Select(magic => new Completion("#!" + magic.Name, "magic", magic.Description)));
            return Of(names, typed, position);
        }

        string name = line[2..].Split(' ')[0];
        if (name == "import" && !typed.StartsWith('-'))
            return PathCompletions.Complete(typed.Trim('"'), position, session.Folder, ".ipynb", ".dib", ".cs", ".csx", ".html", ".js", ".md");
        string[] options = name == Language.Value.Name ? MagicTable.ValueOptions : MagicTable.Find(name)?.Options ?? [];
        var words = options.Select(option => new Completion("--" + option, "option", null))
            .Concat(session.Script.Variables().Select(v => new Completion(v.Name, "variable", TypeName.Of(v.Type))))
            .Concat(session.Values.Keys.Select(value => new Completion(value, "variable", "value")));
        return Of(words, typed, position);
    }

    /// <summary>Null if the line is no such directive.</summary>
    public static Completions? Reference(string line, int position, SessionState session)
    {
        if (Directive().Match(line) is not { Success: true } match)
            return null;
        string typed = match.Groups["text"].Value;
        if (match.Groups["name"].Value == "load")
            return PathCompletions.Complete(typed, position, session.Folder, ".csx", ".cs");
        if (typed.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            return Of(KnownPackages(), typed["nuget:".Length..].TrimStart(), position);
        if (typed.Contains('/') || typed.Contains('\\'))
            return PathCompletions.Complete(typed, position, session.Folder, ".dll", ".csproj");

        var files = PathCompletions.Complete(typed, position, session.Folder, ".dll", ".csproj").Items;
        var names = ScriptReferences.NamesWithoutPath().Select(name => new Completion(name, "assembly", null));
        return Of(names.Prepend(new Completion("nuget:", "package", "a package")).Concat(files), typed, position);
    }

    /// <summary>The packages this machine has; asking a server would take longer than a completion may.</summary>
    private static IEnumerable<Completion> KnownPackages()
    {
        string folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(package => new Completion(Path.GetFileName(package), "package", null))
            : [];
    }

    private static Completions Of(IEnumerable<Completion> items, string typed, int position) =>
        new(position - typed.Length, position,
            [.. items.Where(item => item.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).DistinctBy(item => item.Text)
                .OrderBy(item => item.Text, StringComparer.OrdinalIgnoreCase)]);

    [GeneratedRegex("""^\s*#(?<name>r|i|load)\s+"(?<text>[^"]*)$""")]
    private static partial Regex Directive();
}
