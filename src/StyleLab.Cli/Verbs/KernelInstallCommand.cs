using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Jupyter;

namespace StyleLab.Cli.Verbs;

/// <summary>Tells Jupyter about the kernel.</summary>
internal sealed class KernelInstallCommand : Verb
{
    private readonly KernelPlace _place;

    public KernelInstallCommand() : base("install", "Register the kernel with Jupyter.")
    {
        _place = new KernelPlace(this);
        SetAction(Install);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab kernel install",
        "stylelab kernel install --prefix \"$CONDA_PREFIX\"",
        "stylelab kernel install --name csharp-preview",
    ];

    private int Install(ParseResult call)
    {
        var kernels = _place.FolderOf(call);
        foreach (var spec in _place.SpecsOf(call))
        {
            var folder = spec.FolderIn(kernels);
            bool replacesOther = Directory.Exists(folder) && !KernelSpec.IsOurs(folder);
            spec.Install(kernels, KernelProgram.LikeThisOne("kernel", "run"), KernelLogo.Files());
            Console.WriteLine($"{spec.Name} · {spec.DisplayName} · {folder}{(replacesOther ? " · replaces another program's" : "")}");
        }
        return ExitCode.Done;
    }
}
