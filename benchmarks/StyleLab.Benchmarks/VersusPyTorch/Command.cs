namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>The verb <c>versus-pytorch</c>.</summary>
internal static class Command
{
    private const int Done = 0, Failed = 1, WrongCall = 2;

    public static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not ([] or ["--quick"]))
        {
            Console.Error.WriteLine($"versus-pytorch takes nothing or --quick, got {string.Join(' ', arguments)}.");
            return WrongCall;
        }
        if (PyTorchPython.Find() is not { } python)
        {
            Console.Error.WriteLine(PyTorchPython.HowToInstall);
            return WrongCall;
        }
        var effort = arguments.Count == 0 ? Effort.Full : Effort.Quick;
        try
        {
            var report = new Comparison(python, effort).Run();
            // Quick results are for looking at; only full ones belong beside the code.
            string folder = effort == Effort.Full ? Path.Combine("benchmarks", "results") : Path.Combine("out", "versus-pytorch-quick");
            string saved = report.Save(Path.Combine(SharedFiles.Repository, folder));
            Console.WriteLine(report.ToMarkdown());
            Console.Error.WriteLine($"Written to {saved}.");
            return Done;
        }
        catch (SlowBlasException error)
        {
            Console.Error.WriteLine(error.Message);
            return WrongCall;
        }
        catch (StyleLabException error)
        {
            Console.Error.WriteLine(error.Message);
            return Failed;
        }
    }
}
