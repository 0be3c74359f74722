namespace StyleLab.Notebooks;

/// <summary><c>#!connect sqlite --kernel-name db "Data Source=file.db"</c>: opens a database for the cells of <c>#!sql-db</c>.</summary>
internal static class Connect
{
    public const string Name = "connect", NameOption = "kernel-name";

    /// <summary>The options; a word without one is the kind of database first, then the connection string.</summary>
    public static string[] Options => ["kind", "connection-string", NameOption];

    public static void Run(IMagicCell cell, MagicArguments arguments)
    {
        string kind = arguments.Required("kind");
        var provider = SqlProvider.All.FirstOrDefault(known => known.Name == kind)
            ?? throw new NotebookException($"#!connect knows {string.Join(", ", SqlProvider.All.Select(known => known.Name))}, not {kind}.");
        string name = arguments.Required(NameOption);
        string connectionString = SharedValues.Text(cell, arguments.Required("connection-string"));
        var language = new SqlLanguage(name, provider.Connect(cell.Script, connectionString));
        try
        {
            language.Open(cell);
        }
        catch
        {
            language.Dispose();
            throw;
        }

        cell.Languages.Add(language);
        cell.Show(new MimeBundle { { MimeTypes.PlainText, $"Connected: cells of #!{language.Language.Name} (or #!{name}) are SQL for {provider.Title}." } });
    }
}
