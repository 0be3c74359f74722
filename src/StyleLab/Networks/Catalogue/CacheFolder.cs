namespace StyleLab.Networks.Catalogue;

/// <summary>Where fetched files are kept: what can be had again at any time.</summary>
internal static class CacheFolder
{
    public const string Variable = "STYLELAB_CACHE";

    public static string Networks => Path.Combine(Root, "networks");

    private static string Root =>
        Given(Variable) is { } chosen ? Path.GetFullPath(chosen)
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "StyleLab", "Cache")
        : OperatingSystem.IsMacOS() ? Path.Combine(Home, "Library", "Caches", "StyleLab")
        // The XDG base directory specification; a relative path there is to be ignored.
        : Given("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg) ? Path.Combine(xdg, "stylelab")
        : Path.Combine(Home, ".cache", "stylelab");

    // Not verified: a home that does not exist yet is made, and asked for otherwise it would be no folder at all.
    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
