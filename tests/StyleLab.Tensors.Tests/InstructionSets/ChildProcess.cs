using System.Diagnostics;

namespace StyleLab.Tensors.Tests.InstructionSets;

/// <summary>Runs <see cref="ChildProgram"/> in an environment of its own.</summary>
internal static class ChildProcess
{
    /// <summary>Gives the exit code and all output, errors included.</summary>
    public static (int ExitCode, string Output) Run(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, [typeof(ChildProgram).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("STYLELAB_ISA");
        start.Environment.Remove("STYLELAB_ENGINE");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
