using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace StyleLab.Cli.Tests;

/// <summary>
/// The other side of <see cref="Callee"/>: runs one call of the command after the other, each with its folder, output and error as a
/// process of its own would have them, and writes the exit codes.
/// </summary>
internal static class Answerer
{
    /// <summary>The word that makes these tests answer calls.</summary>
    public const string Word = "answer-calls";

    private const int WriteOnly = 1, ReadOnly = 0;

    public static async Task<int> RunAsync()
    {
        Cultures.Begin([]);
        // What the calls print or read is not to meet what is said to this process.
        using var calls = new StreamReader(new FileStream(Aside(0), FileAccess.Read), Encoding.UTF8);
        using var answers = new StreamWriter(new FileStream(Aside(1), FileAccess.Write)) { AutoFlush = true };
        Lead("/dev/null", ReadOnly, to: 0);
        while (await calls.ReadLineAsync() is { } line)
        {
            var call = JsonSerializer.Deserialize<Call>(line)!;
            Environment.CurrentDirectory = call.Folder;
            Lead(call.Output, WriteOnly, to: 1);
            Lead(call.Error, WriteOnly, to: 2);
            int exitCode = await CommandLine.RunAsync(call.Words);
            Environment.CurrentDirectory = "/";
            await answers.WriteLineAsync($"{exitCode}");
        }

        return 0;
    }

    private static SafeFileHandle Aside(int descriptor)
    {
        const int duplicate = 1030; // F_DUPFD_CLOEXEC
        return new SafeFileHandle(Control(descriptor, duplicate, 3), ownsHandle: true);
    }

    private static void Lead(string file, int mode, int to)
    {
        int opened = Open(file, mode);
        if (opened < 0 || Duplicate(opened, to) < 0)
            throw new IOException($"{file} cannot be opened.");
        _ = Close(opened);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string file, int mode);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int descriptor, int to);

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(int descriptor, int command, int argument);
}
