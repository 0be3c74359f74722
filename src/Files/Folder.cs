using System.Runtime.InteropServices;

namespace StyleLab.Files;

/// <summary>A folder as a list of names, which a power cut can lose like any content.</summary>
internal static class Folder
{
    /// <summary>Waits until the names in a folder are on the disk. Windows does so on its own; what cannot do it is left alone.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows() || Open(folder, 0) is var descriptor && descriptor < 0)
            return;
        _ = FSync(descriptor);
        _ = Close(descriptor);
    }

    // .NET opens no folders.
    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
