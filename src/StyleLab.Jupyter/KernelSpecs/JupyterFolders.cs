namespace StyleLab.Jupyter;

/// <summary>Where Jupyter looks for kernels ("Data files" in Jupyter's documentation of its folders).</summary>
public static class JupyterFolders
{
    /// <summary>The folder of kernels of the current user.</summary>
    public static string OfUser => Path.Combine(UserData(), "kernels");

    /// <summary>The folders of kernels on this machine, in the order in which Jupyter searches them. Those inside a
    /// Python environment are known only to that Python.</summary>
    public static IReadOnlyList<string> All =>
    [
        .. (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(UserData())
            .Concat(Environment.GetEnvironmentVariable("CONDA_PREFIX") is { Length: > 0 } conda ? [Data(conda)] : [])
            .Concat(Environment.GetEnvironmentVariable("VIRTUAL_ENV") is { Length: > 0 } venv ? [Data(venv)] : [])
            .Concat(SystemData())
            .Select(folder => Path.Combine(folder, "kernels"))
            .Distinct(),
    ];

    /// <summary>The folder of kernels of a Python environment.</summary>
    /// <param name="prefix">The environment's own folder, as in <c>sys.prefix</c>.</param>
    public static string OfPrefix(string prefix) => Path.Combine(Data(Path.GetFullPath(prefix)), "kernels");

    private static string Data(string prefix) => Path.Combine(prefix, "share", "jupyter");

    private static string UserData()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } set)
            return set;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Jupyter");
        string shared = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(home, ".local", "share");
        return Path.Combine(shared, "jupyter");
    }

    private static string[] SystemData() => OperatingSystem.IsWindows()
        ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter")]
        : [Data("/usr/local"), Data("/usr")];
}
