using System.Globalization;
using System.Runtime.InteropServices;

namespace StyleLab.Cli.Messages;

/// <summary>
/// Whether standard output and standard error are those of the caller. Where they were closed (<c>2>&amp;-</c>), the system gives their
/// numbers to the first things that .NET opens for itself, such as a pipe to its own signal handler: nothing may be written there.
/// </summary>
internal static class Descriptor
{
    private const string Folder = "/proc/self/fd", Pipe = "pipe:", Socket = "socket:";
    private static readonly Dictionary<int, bool> s_known = [];

    /// <summary>True for what the caller gave.</summary>
    public static bool IsOpenForWriting(int descriptor)
    {
        lock (s_known)
            return s_known.TryGetValue(descriptor, out bool known) ? known : s_known[descriptor] = Look(descriptor);
    }

    private static bool Look(int descriptor)
    {
        // Elsewhere the system itself has to refuse.
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Folder))
            return true;
        if (TargetOf(descriptor) is not { } target || !IsWritable(descriptor) || target.StartsWith("anon_inode:", StringComparison.Ordinal) || target.StartsWith("/memfd:", StringComparison.Ordinal))
            return false;
        if (target.StartsWith(Socket, StringComparison.Ordinal))
            return HasPeer(descriptor);
        return !target.StartsWith(Pipe, StringComparison.Ordinal) || !IsReadHere(target);
    }

    /// <summary>A pipe that this process reads itself is .NET's own.</summary>
    private static bool IsReadHere(string pipe) => Directory.EnumerateFileSystemEntries(Folder)
        .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
        .Any(other => TargetOf(other) == pipe && !IsWritable(other));

    private static string? TargetOf(int descriptor)
    {
        try
        {
            return new FileInfo($"{Folder}/{descriptor}").LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsWritable(int descriptor)
    {
        const int GetFlags = 3, AccessMode = 3, ReadOnly = 0;
        int flags = Control(descriptor, GetFlags, 0);
        return flags >= 0 && (flags & AccessMode) != ReadOnly;
    }

    /// <summary>.NET listens at a socket of its own; the caller's leads to somebody.</summary>
    private static bool HasPeer(int descriptor)
    {
        var address = new byte[128];
        int length = address.Length;
        return PeerOf(descriptor, address, ref length) == 0;
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(int descriptor, int command, int argument);

    [DllImport("libc", EntryPoint = "getpeername")]
    private static extern int PeerOf(int descriptor, byte[] address, ref int length);
}
