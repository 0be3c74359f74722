using System.Diagnostics;
using System.Text;

namespace StyleLab.Notebooks.Packages;

/// <summary>Runs the <c>dotnet</c> command of the SDK.</summary>
internal static class Sdk
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Its current directory.</param>
    /// <param name="arguments">What stands behind <c>dotnet</c>.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <returns>The exit code and all it printed.</returns>
    /// <exception cref="NotebookException">There is no SDK.</exception>
    public static async Task<(int ExitCode, string Text)> RunAsync(
        string folder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(DotnetFile(), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // Set when this process was itself started by the SDK; its paths must not mix into ours.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        using var process = Start(start);
        process.StandardInput.Close();
        var text = new StringBuilder();
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, text.ToString());

        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data == null)
                return;
            lock (text)
                text.Append(line.Data).Append('\n');
        }
    }

    /// <summary>The first thing that a build or restore complains about.</summary>
    public static string FirstError(string text)
    {
        string? line = text.Split('\n').FirstOrDefault(candidate => candidate.Contains("error ", StringComparison.Ordinal));
        if (line == null)
            return text.Trim().Split('\n')[^1].Trim();
        string problem = line[(line.IndexOf("error ", StringComparison.Ordinal) + "error ".Length)..];
        int project = problem.LastIndexOf(" [", StringComparison.Ordinal);
        return (project > 0 ? problem[..project] : problem).Trim().TrimEnd('.');
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new NotebookException(
                "Packages and projects need the .NET SDK, and there is no dotnet command here; install the .NET 10 SDK.", missing);
        }
    }

    private static string DotnetFile() => DotNet.Root is { } root ? Path.Combine(root, DotNet.CommandName) : DotNet.CommandName;
}
