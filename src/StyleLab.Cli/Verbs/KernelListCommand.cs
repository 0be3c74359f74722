using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Jupyter;

namespace StyleLab.Cli.Verbs;

/// <summary>Where this program is registered with Jupyter.</summary>
internal sealed class KernelListCommand : Verb
{
    public KernelListCommand() : base("list", "List where stylelab is registered with Jupyter.") => SetAction(_ =>
    {
        var ours = JupyterFolders.All
            .Where(Directory.Exists).SelectMany(Directory.GetDirectories).Where(KernelSpec.IsOurs).Order(StringComparer.Ordinal).ToList();
        foreach (var folder in ours)
            Console.WriteLine($"{Path.GetFileName(folder),-14}  {folder}");
        if (ours.Count == 0)
            Console.Error.WriteLine("stylelab is not registered with Jupyter; `stylelab kernel install` does that.");
        return ExitCode.Done;
    });

    public override IReadOnlyList<string> Examples => ["stylelab kernel list"];
}
