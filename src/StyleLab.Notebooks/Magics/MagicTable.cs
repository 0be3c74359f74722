namespace StyleLab.Notebooks;

/// <summary>All orders a cell can give with <c>#!name</c>.</summary>
internal static class MagicTable
{
    public static readonly IReadOnlyList<Magic> All =
    [
        new("about", "Shows the version of the kernel and of .NET.", [], Listings.About),
        new(Connect.Name, "Opens a database for cells of #!sql-NAME: sqlite --kernel-name NAME \"Data Source=FILE\".",
            Connect.Options, Connect.Run),
        new("import", "Runs the cells of a notebook (.ipynb, .dib) or a script (.cs, .csx) here.", ["file"], Import.Run),
        new("lsmagic", "Lists what can follow #!.", [], Listings.Magics),
        new("set", "Makes a variable: --name NAME --value VALUE, where VALUE is JSON, @LANGUAGE:NAME (csharp, value, http, fsharp, sql-…), @input or @password.",
            ["name", "value", "byref", "mime-type"], SharedValues.Set),
        new("share", "Makes a variable of a value of another language: NAME --from LANGUAGE [--as NAME].",
            ["name", "from", "as", "mime-type"], SharedValues.Share),
        new("time", "Tells how long the cell took.", [], (cell, _) => cell.IsTimed = true),
        new("who", "Lists the variables.", [], Listings.Variables),
        new("whos", "Lists the variables with type and value.", [], Listings.VariableTable),
    ];

    /// <summary>The options of <c>#!value</c>, which is a language with arguments.</summary>
    public static readonly string[] ValueOptions = ["name", "from-url", "from-file", "from-value", "mime-type"];

    public static Magic? Find(string name) => All.FirstOrDefault(magic => magic.Name == name);

    /// <exception cref="NotebookException">There is none of that name, or its arguments are wrong.</exception>
    public static void Run(IMagicCell cell, string name, string arguments)
    {
        var magic = Find(name)
            ?? throw new NotebookException($"There is no #!{name}; #!lsmagic lists what there is.");
        if (arguments is "-h" or "--help" or "-?")
        {
            cell.Show(new MimeBundle { { MimeTypes.PlainText, $"#!{magic.Name} {Synopsis(magic)}\n{magic.Description}" } });
            return;
        }

        magic.Run(cell, new MagicArguments(magic.Name, arguments, magic.Options));
    }

    private static string Synopsis(Magic magic) => string.Join(' ', magic.Options.Select(option => $"[--{option} …]"));
}
