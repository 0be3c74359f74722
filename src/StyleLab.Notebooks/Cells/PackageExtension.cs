namespace StyleLab.Notebooks;

/// <summary>What a package does to a notebook when it is installed: the cells of its
/// <c>interactive-extensions/dotnet/extension.dib</c> are run.</summary>
internal static class PackageExtension
{
    public static void Run(CellRun run, ResolvedPackage package)
    {
        string folder = Path.Combine(package.Folder, "interactive-extensions", "dotnet");
        if (!Directory.Exists(folder))
            return;
        string script = Path.Combine(folder, "extension.dib");
        if (File.Exists(script))
        {
            run.Show(new MimeBundle { { MimeTypes.Markdown, $"Loading extension script from `{script}`" } });
            Import.RunNotebook(run, script);
        }

        // They are compiled against .NET Interactive itself.
        if (Directory.EnumerateFiles(folder, "*.dll").Any())
        {
            run.Show(new MimeBundle
            {
                { MimeTypes.PlainText, $"{package.Name} has an extension made for .NET Interactive only, which is left out; its library can be used." },
            });
        }
    }
}
