using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Jupyter;

namespace StyleLab.Cli.Verbs;

/// <summary>Takes the kernel out of Jupyter again.</summary>
internal sealed class KernelUninstallCommand : Verb
{
    private readonly KernelPlace _place;

    public KernelUninstallCommand() : base("uninstall", "Take the kernel out of Jupyter again.")
    {
        _place = new KernelPlace(this);
        SetAction(Uninstall);
    }

    public override IReadOnlyList<string> Examples => ["stylelab kernel uninstall", "stylelab kernel uninstall --name csharp-preview"];

    private int Uninstall(ParseResult call)
    {
        var kernels = _place.FolderOf(call);
        var removed = 0;
        foreach (var folder in _place.SpecsOf(call).Select(spec => spec.FolderIn(kernels)).Where(Directory.Exists))
        {
            if (!KernelSpec.IsOurs(folder))
            {
                Console.Error.WriteLine($"{folder} was installed by another program; it stays.");
                continue;
            }
            KernelSpec.Uninstall(folder);
            Console.WriteLine($"removed {folder}");
            removed++;
        }
        if (removed == 0)
            Console.Error.WriteLine($"There is no kernel of stylelab to remove in {kernels}; `stylelab kernel list` shows where there are any.");
        return removed > 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
