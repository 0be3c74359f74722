namespace StyleLab.Notebooks;

/// <summary>What can be written in a cell.</summary>
/// <param name="Name">The name behind <c>#!</c> and in a cell's metadata.</param>
/// <param name="Title">The name people say.</param>
/// <param name="Aliases">Other names behind <c>#!</c>.</param>
/// <param name="MimeType">What its text is shown as; null if it is not shown but run.</param>
internal sealed record Language(string Name, string Title, string[] Aliases, string? MimeType = null)
{
    public static readonly Language CSharp = new("csharp", "C#", ["c#", "C#", "cs"]);
    public static readonly Language Markdown = new("markdown", "Markdown", ["md"], MimeTypes.Markdown);
    public static readonly Language Mermaid = new("mermaid", "Mermaid", [], MimeTypes.Mermaid);
    public static readonly Language JavaScript = new("javascript", "JavaScript", ["js"], MimeTypes.JavaScript);

    /// <summary>Text that other cells use as a value.</summary>
    public static readonly Language Value = new("value", "values", []);

    public static readonly Language FSharp = new("fsharp", "F#", ["f#", "F#", "fs"]);
    public static readonly Language Http = new("http", "HTTP", []);

    /// <summary>SQL without a word about which database.</summary>
    public static readonly Language Sql = new("sql", "SQL", []);

    /// <summary>All known ones. Those that are neither run nor shown are known, so that their cells can be told
    /// apart.</summary>
    public static readonly IReadOnlyList<Language> All =
    [
        CSharp, Markdown, Mermaid, JavaScript, Value,
        new("html", "HTML", [], MimeTypes.Html),
        FSharp, Sql, Http,
        new("pwsh", "PowerShell", ["powershell"]),
        new("kql", "KQL", []),
    ];

    /// <summary>SQL for one database.</summary>
    /// <param name="connection">The name that the notebook gave to it.</param>
    public static Language SqlOf(string connection) => new($"sql-{connection}", "SQL", [connection]);

    /// <summary>The language of that name or alias, or null.</summary>
    public static Language? Find(string name) => All.FirstOrDefault(language => language.IsCalled(name));

    /// <summary>Whether that is its name or an alias.</summary>
    public bool IsCalled(string name) => Name == name || Aliases.Contains(name);
}
