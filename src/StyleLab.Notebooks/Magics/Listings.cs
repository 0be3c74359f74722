using System.Net;
using System.Runtime.InteropServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>Magics that show a list.</summary>
internal static class Listings
{
    public static void Magics(IMagicCell cell, MagicArguments arguments)
    {
        var languages = Language.All.Where(language => language.MimeType != null || language == Language.CSharp || language == Language.Value)
            .Concat(cell.Languages.All.Select(known => known.Language))
            .Select(language => ($"#!{language.Name}", Describe(language)));
        var magics = MagicTable.All.Select(magic => ($"#!{magic.Name}", magic.Description))
            .Concat(cell.Kernels.Directives.Select(directive => (directive.Name, directive.Description)));
        var references = new[]
        {
            ("#r", "References a package (\"nuget: Name, version\"), an assembly (\"x.dll\") or a project (\"x.csproj\")."),
            ("#i", "Adds a place to look for packages: \"nuget: address or folder\"."),
            ("#load", "Runs a C# script file here."),
        };
        cell.Show(Table(languages.Concat(magics).Concat(references).ToList()));
    }

    public static void About(IMagicCell cell, MagicArguments arguments)
    {
        string version = typeof(Listings).Assembly.GetName().Version!.ToString(3);
        cell.Show(Table(
        [
            ("Kernel", $"StyleLab C# {version}"),
            ("Runtime", RuntimeInformation.FrameworkDescription),
            ("System", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})"),
            ("Folder", cell.Folder),
        ]));
    }

    public static void Variables(IMagicCell cell, MagicArguments arguments)
    {
        var names = cell.Script.Variables().Select(variable => variable.Name);
        cell.Show(new MimeBundle { { MimeTypes.PlainText, string.Join('\n', names) } });
    }

    public static void VariableTable(IMagicCell cell, MagicArguments arguments)
    {
        var rows = cell.Script.Variables()
            .Select(v => (v.Name, Type: TypeName.Of(v.Type), Value: Shorten(v.Value.ToDisplayString())))
            .ToList();
        var html = rows.Select(row => $"<tr><td>{Encode(row.Name)}</td><td>{Encode(row.Type)}</td><td>{Encode(row.Value)}</td></tr>");
        cell.Show(new MimeBundle
        {
            {
                MimeTypes.Html,
                "<table><thead><tr><th>Variable</th><th>Type</th><th>Value</th></tr></thead><tbody>" +
                string.Concat(html) + "</tbody></table>"
            },
            { MimeTypes.PlainText, string.Join('\n', rows.Select(row => $"{row.Type} {row.Name} = {row.Value}")) },
        });
    }

    private static string Describe(Language language) =>
        language == Language.CSharp ? "The lines below are C#, and are run."
        : language == Language.Value ? "The lines below are a value: --name NAME [--from-file FILE | --from-url URL | --from-value TEXT]."
        : language == Language.Http ? "The lines below are HTTP requests as in .http files, and are sent."
        : language == Language.FSharp ? "The lines below are F#, and are run; it needs the package FSharp.Compiler.Service."
        : language.MimeType == null ? $"The lines below are {language.Title} for the database {language.Aliases[0]}: [--name NAME] keeps the result."
        : $"The lines below are {language.Title}, and are shown.";

    private static MimeBundle Table(IReadOnlyList<(string Name, string Text)> rows) => new()
    {
        {
            MimeTypes.Html,
            "<table><tbody>" +
            string.Concat(rows.Select(row => $"<tr><th style=\"text-align:left\">{Encode(row.Name)}</th><td style=\"text-align:left\">{Encode(row.Text)}</td></tr>")) +
            "</tbody></table>"
        },
        { MimeTypes.PlainText, string.Join('\n', rows.Select(row => $"{row.Name,-12} {row.Text}")) },
    };

    private static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length > 100 ? line[..100] + "…" : line;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
