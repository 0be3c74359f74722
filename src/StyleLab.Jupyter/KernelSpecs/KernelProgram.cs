using System.Reflection;
using System.Runtime.InteropServices;

namespace StyleLab.Jupyter;

/// <summary>How Jupyter starts the kernel: a command to which it adds the connection file, and variables to set.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Environment">Variables for the new process.</param>
public sealed record KernelProgram(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The same program that runs now, whether built from source or installed as a tool.</summary>
    /// <remarks>Jupyter may start with another PATH than the shell, so every path is complete.</remarks>
    /// <param name="verbs">The words that make it run the kernel.</param>
    public static KernelProgram LikeThisOne(params string[] verbs)
    {
        string assembly = Assembly.GetEntryAssembly()!.Location;
        return ToolCommand(assembly) is { } tool
            ? new KernelProgram([tool, .. verbs], new Dictionary<string, string> { ["DOTNET_ROOT"] = DotNetFolder })
            : new KernelProgram([DotNetHost, assembly, .. verbs], new Dictionary<string, string>());
    }

    /// <summary>The command of an installed tool, if this is one: it stays where it is when the tool is updated, while the
    /// assembly moves to another folder of the store beside it.</summary>
    private static string? ToolCommand(string assembly)
    {
        int store = assembly.IndexOf($"{Path.DirectorySeparatorChar}.store{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        if (store < 0)
            return null;
        string command = Path.Combine(assembly[..store], OperatingSystem.IsWindows() ? "stylelab.exe" : "stylelab");
        return File.Exists(command) ? command : null;
    }

    // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/
    private static string DotNetFolder => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string DotNetHost => Path.Combine(DotNetFolder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
