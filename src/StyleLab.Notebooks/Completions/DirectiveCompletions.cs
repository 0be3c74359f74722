using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.DotNet.Interactive;

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
            var names = Language.All.Concat(session.Languages.All.Select(known => known.Language)).Select(language => new Completion("#!" + language.Name, "magic", language.Title))
                .Concat(MagicTable.All.Select(magic => new Completion("#!" + magic.Name, "magic", magic.Description)))
                .Concat(session.Items.Of<SessionKernels>().Directives.Select(directive => new Completion(directive.Name, "magic", directive.Description)));
            return Of(names, typed, position);
        }

        string name = line[2..].Split(' ')[0];
        if (name == "import" && !typed.StartsWith('-'))
            return PathCompletions.Complete(typed.Trim('"'), position, session.Folder, ".ipynb", ".dib", ".cs", ".csx", ".html", ".js", ".md");
        IReadOnlyList<string> options = name == Language.Value.Name ? MagicTable.ValueOptions
            : MagicTable.Find(name)?.Options ?? (session.Languages.Find(name) is { } language ? session.Languages.RunnerOf(language)?.Options : null) ?? [];
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
            return Packages(typed["nuget:".Length..].TrimStart(), position);
        if (typed.Contains('/') || typed.Contains('\\'))
            return PathCompletions.Complete(typed, position, session.Folder, ".dll", ".csproj");

        var files = PathCompletions.Complete(typed, position, session.Folder, ".dll", ".csproj").Items;
        var names = ScriptReferences.NamesWithoutPath().Select(name => new Completion(name, "assembly", null));
        return Of(names.Prepend(new Completion("nuget:", "package", "a package")).Concat(files), typed, position);
    }

    /// <summary>The packages this machine has; asking a server would take longer than a completion may.</summary>
    private static Completions Packages(string typed, int position)
    {
        string folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var known = !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder)
            .Where(package => Path.GetFileName(package).StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(package => new Completion(AsWritten(package), "package", null));
        return Of(known, typed, position);
    }

    // The folder is in lower case; the package's own description has the name as its authors write it.
    private static string AsWritten(string package)
    {
        string name = Path.GetFileName(package);
        try
        {
            string? description = Directory.EnumerateDirectories(package).Select(version => Path.Combine(version, name + ".nuspec")).FirstOrDefault(File.Exists);
            string? id = description == null ? null : XDocument.Load(description).Descendants().FirstOrDefault(element => element.Name.LocalName == "id")?.Value.Trim();
            return name.Equals(id, StringComparison.OrdinalIgnoreCase) ? id : name;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or XmlException)
        {
            return name;
        }
    }

    private static Completions Of(IEnumerable<Completion> items, string typed, int position) =>
        new(position - typed.Length, position,
            [.. items.Where(item => item.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).DistinctBy(item => item.Text)
                .OrderBy(item => item.Text, StringComparer.OrdinalIgnoreCase)]);

    [GeneratedRegex("""^\s*#(?<name>r|i|load)\s+"(?<text>[^"]*)$""")]
    private static partial Regex Directive();
}
