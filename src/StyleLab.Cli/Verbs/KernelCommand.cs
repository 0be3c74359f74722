using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Verbs;

/// <summary>The Jupyter kernel: registering it with Jupyter, and running it.</summary>
internal static class KernelCommand
{
    public static VerbGroup Create() => new("kernel", "Make C# notebooks run in Jupyter.")
    {
        new KernelInstallCommand(),
        new KernelUninstallCommand(),
        new KernelListCommand(),
        new KernelRunCommand(),
    };
}
