using System.Reflection;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter;

/// <summary>How Jupyter starts the kernel: a command to which it adds the connection file, and variables to set.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Environment">Variables for the new process.</param>
public sealed record KernelProgram(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    // The runtime takes the size of the processor's cache for its youngest objects, which on servers is hundreds of MB.
    private const string YoungestObjects = "0x1000000";

    /// <summary>The same program that runs now, whether built from source, published, or installed as a tool.</summary>
    /// <remarks>Jupyter may start with another PATH than the shell, so every path is complete.</remarks>
    /// <param name="verbs">The words that make it run the kernel.</param>
    public static KernelProgram LikeThisOne(params string[] verbs)
    {
        string assembly = Assembly.GetEntryAssembly()!.Location;
        IEnumerable<string> program =
            ToolCommand(assembly) is { } tool ? [tool]
            : DotNet.IsBroughtAlong ? [System.Environment.ProcessPath!]
            : [Path.Combine(DotNet.Root!, DotNet.CommandName), assembly];
        var variables = new Dictionary<string, string> { ["DOTNET_GCgen0size"] = YoungestObjects };

        // For the tool itself, and for the packages that its cells ask for.
        if (DotNet.Root is { } root)
            variables["DOTNET_ROOT"] = root;
        return new KernelProgram([.. program, .. verbs], variables);
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
}
