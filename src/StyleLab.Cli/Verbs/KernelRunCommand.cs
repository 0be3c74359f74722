using System.CommandLine;
using System.Runtime.InteropServices;
using StyleLab.Cli.Parsing;
using StyleLab.Jupyter;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Verbs;

/// <summary>Runs the kernel until its client ends it. Jupyter calls this.</summary>
internal sealed class KernelRunCommand : Verb
{
    public KernelRunCommand() : base("run", "Run the kernel for a Jupyter client; Jupyter calls this itself.")
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The JSON file a Jupyter client has written for the kernel." };
        Add(file);
        SetAction(call => Run(call.GetRequiredValue(file)));
    }

    public override IReadOnlyList<string> Examples => ["stylelab kernel run kernel-1234.json"];

    private static int Run(string file)
    {
        if (!File.Exists(file))
            throw new WrongCallException($"{file} does not exist; Jupyter writes a connection file when it starts a kernel.");

        // The longest part of starting, so it begins first.
        _ = Session.WarmUpAsync();

        // Ctrl-C in the terminal of a notebook server reaches its kernels too; cells are interrupted by a message.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var kernel = new Kernel(ConnectionFile.Load(file), traceFile: file + ".cell");
        kernel.EndWithParent();
        kernel.Run();

        // What cells have started may still run and must not keep the process alive.
        Environment.Exit(ExitCode.Done);
        return ExitCode.Done;
    }
}
