using Microsoft.Win32.SafeHandles;

namespace StyleLab.Files;

/// <summary>Who may read and write a file, where the system is Unix.</summary>
internal static class Permissions
{
    /// <summary>Those of a file that is there; null if there is none, and on Windows.</summary>
    public static UnixFileMode? Of(string path) => !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path) : null;

    /// <summary>Has a file made with these permissions, less what the process takes from every new file (umask).</summary>
    public static void Ask(FileStreamOptions options, UnixFileMode? mode)
    {
        if (!OperatingSystem.IsWindows() && mode is { } wanted)
            options.UnixCreateMode = wanted;
    }

    /// <summary>Gives an open file exactly these permissions, where the file system has any.</summary>
    public static void Set(SafeFileHandle file, UnixFileMode? mode)
    {
        if (OperatingSystem.IsWindows() || mode is not { } wanted)
            return;
        try
        {
            if (File.GetUnixFileMode(file) != wanted)
                File.SetUnixFileMode(file, wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Some file systems have one mode for all files.
        }
    }
}
