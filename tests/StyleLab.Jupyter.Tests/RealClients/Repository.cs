namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    /// <summary>"Debug" or "Release": bin/CONFIGURATION/FRAMEWORK/.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Name;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StyleLab.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
