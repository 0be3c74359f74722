using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>How notebooks say that their cells are C#.</summary>
internal static class CSharpNotebook
{
    /// <summary>The name .NET Interactive's notebooks carry, so that old and new ones open with the same
    /// kernel.</summary>
    public const string Name = ".net-csharp";

    /// <summary>Names C# as the notebook's language, unless it names one already.</summary>
    /// <exception cref="NotebookException">The notebook is written in another language.</exception>
    public static void AddTo(Notebook notebook, string name = "notebook")
    {
        if (notebook.Metadata["kernelspec"] is not { } kernel)
        {
            notebook.Metadata["kernelspec"] = new JsonObject
            {
                ["display_name"] = ".NET (C#)",
                ["language"] = "C#",
                ["name"] = Name,
            };
        }
        else if (MultilineText.Read(kernel.Field("language")) is { Length: > 0 } language && !IsCSharp(language))
        {
            throw new NotebookException($"{name} is a notebook in {language}, and this program runs C# notebooks only.");
        }

        if (!notebook.Metadata.ContainsKey("language_info"))
        {
            notebook.Metadata["language_info"] = new JsonObject
            {
                ["file_extension"] = ".cs",
                ["mimetype"] = "text/x-csharp",
                ["name"] = "C#",
                ["pygments_lexer"] = "csharp",
            };
        }
    }

    private static bool IsCSharp(string language) => language.ToLowerInvariant() is "c#" or "csharp" or "polyglot-notebook";
}
