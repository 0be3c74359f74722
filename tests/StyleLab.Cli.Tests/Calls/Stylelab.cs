using StyleLab.Cli.Parsing;
using System.Diagnostics;

namespace StyleLab.Cli.Tests;

/// <summary>Runs the built command in other processes, in a folder of its own that holds two small pictures.</summary>
public sealed class Stylelab : IDisposable
{
    public Stylelab()
    {
        Folder = Directory.CreateTempSubdirectory("stylelab-cli-").FullName;
        Pictures.Content(48, 40).Save(At("content.png"));
        Pictures.Style(40, 40).Save(At("style.png"));
    }

    /// <summary>The current folder of the command.</summary>
    public string Folder { get; }

    /// <summary>The full path of a file in the folder.</summary>
    public string At(string file) => Path.Combine(Folder, file);

    /// <summary>Runs a command line; words are separated by single spaces. Where nothing speaks against it, in a process that has
    /// answered other calls before.</summary>
    public Task<Outcome> RunAsync(string commandLine, params (string Name, string Value)[] environment)
    {
        string[] words = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Cells may leave anything behind, and .NET takes the customs of countries for them from the start.
        bool isAlone = environment.Length > 0 || words is ["run", ..] || !OperatingSystem.IsLinux();
        return isAlone ? RunAloneAsync(commandLine, environment) : Callee.AnswerAsync(Folder, words);
    }

    /// <summary>Runs a command line in a process of its own.</summary>
    public Task<Outcome> RunAloneAsync(string commandLine, params (string Name, string Value)[] environment) =>
        FinishAsync(Start(commandLine, environment));

    public static async Task<Outcome> FinishAsync(Process process, string errorSoFar = "")
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, errorSoFar + await error);
    }

    public Process Start(string commandLine, params (string Name, string Value)[] environment) => Start("dotnet", [], commandLine, environment);

    /// <summary>Starts a command that hears SIGINT, which shells switch off for what they run in the background, tests for example.</summary>
    public Process StartHearingInterrupts(string commandLine) => Start("env", ["--default-signal=INT", "dotnet"], commandLine);

    private Process Start(string program, IEnumerable<string> before, string commandLine, params (string Name, string Value)[] environment)
    {
        var call = new ProcessStartInfo(program)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var word in before)
            call.ArgumentList.Add(word);
        call.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "StyleLab.Cli.dll"));
        foreach (var word in commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            call.ArgumentList.Add(word);
        foreach (var (name, value) in environment)
            call.Environment[name] = value;
        return Process.Start(call)!;
    }

    /// <summary>Runs a command line in bash, so that its outputs can be led elsewhere.</summary>
    /// <param name="commandLine">What follows "stylelab".</param>
    /// <param name="where">What follows that, such as "2>&amp;-".</param>
    /// <param name="before">What the shell does first.</param>
    public Task<Outcome> ShellAsync(string commandLine, string where, string before = "true")
    {
        var call = new ProcessStartInfo("bash") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (string[])["-c", $"{before}; dotnet \"$0\" {commandLine} {where}", Path.Combine(AppContext.BaseDirectory, "StyleLab.Cli.dll")])
            call.ArgumentList.Add(word);
        return FinishAsync(Process.Start(call)!);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
