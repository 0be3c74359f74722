namespace StyleLab.Files;

/// <summary>Why a file cannot be written.</summary>
internal static class WriteError
{
    // The system's own numbers, which .NET passes on: those of Linux, and of macOS where they differ.
    private const int NoSpace = 28, QuotaExceeded = 122, QuotaExceededMac = 69, ReadOnly = 30, NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>True for what .NET throws when a file cannot be written.</summary>
    /// <remarks>A file that is larger than the system or the user's limit allows is an ArgumentOutOfRangeException there.</remarks>
    public static bool Is(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>Half a sentence, with its full stop.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="folder">The folder of the file.</param>
    public static string Reason(Exception error, string folder) => error switch
    {
        DirectoryNotFoundException => $"the folder {folder} does not exist.",
        // What stands in the way may be a file where a folder should be.
        _ when !Directory.Exists(folder) => $"the folder {folder} does not exist.",
        ArgumentOutOfRangeException => "it is larger than the limit for files.",
        UnauthorizedAccessException or FileNotFoundException => $"no file may be made in the folder {folder}.",
        { HResult: NoSpace or NoSpaceWindows } => "the disk is full.",
        { HResult: QuotaExceeded or QuotaExceededMac } => "your share of the disk is full.",
        { HResult: ReadOnly } => "the disk can only be read.",
        // .NET names the file, which is a temporary one here.
        _ => error.Message.Split(" : '")[0].TrimEnd('.') + ".",
    };
}
