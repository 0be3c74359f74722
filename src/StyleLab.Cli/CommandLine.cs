using StyleLab.Cli.Progress;
using System.CommandLine;
using System.CommandLine.Help;
using StyleLab.Cli.Messages;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Verbs;
using StyleLab.Jupyter;
using StyleLab.Notebooks;

namespace StyleLab.Cli;

/// <summary>The whole command: its verbs, and what the shell gets to see when one fails.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        // First of all: until there is one, Ctrl-C ends the process without a word.
        using var beginning = new Interruption("Interrupted before anything was done.");
        using var messages = new MessageStreams();
        FileSizeLimit.MakeError();
        int exitCode = await CallAsync(args, beginning);
        // The work is done and saved, but whoever asked for it may not know.
        return exitCode == ExitCode.Done && messages.HaveLost ? ExitCode.Failed : exitCode;
    }

    private static async Task<int> CallAsync(string[] args, Interruption beginning)
    {
        try
        {
            var call = await beginning.UnlessAskedAsync(() => Read(args));
            // From here on Ctrl-C is for the verbs to handle; those that compute take over without a gap.
            if (call.CommandResult.Command is not ComputingVerb)
                beginning.Dispose();
            return await call.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (WrongCallException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.WrongCall;
        }
        catch (Exception error) when (error is StyleLabException or NotebookException or KernelException or InsufficientMemoryException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        catch (InterruptedException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        catch (OutOfMemoryException)
        {
            Console.Error.WriteLine("There is not enough memory for this; a smaller --size needs less.");
            return ExitCode.Failed;
        }
        // A static that could not be made, such as the engine when an environment variable is wrong.
        catch (TypeInitializationException error) when (error.GetBaseException() is InvalidOperationException cause)
        {
            Console.Error.WriteLine(cause.Message);
            return ExitCode.WrongCall;
        }
        // Nobody can put this right but the programmer, who needs all of it.
        catch (Exception error)
        {
            Console.Error.WriteLine($"stylelab has a defect; please report this: {error}");
            return ExitCode.Failed;
        }
    }

    /// <summary>What the words mean.</summary>
    private static ParseResult Read(string[] args)
    {
        // Jupyter waits while a kernel starts: verbs that it does not call are not made for it.
        var stylelab = Stylelab(args is ["kernel", "run", ..] ? [KernelCommand.Create()] : Verbs());
        var call = stylelab.Parse(Words.Spread(args, stylelab), new ParserConfiguration { ResponseFileTokenReplacer = null });
        return ParseErrors.Of(call) is { } sentence ? throw new WrongCallException(sentence) : call;
    }

    // Not a RootCommand: that takes its name from the executable, and help is to show the name people type.
    private static VerbGroup Stylelab(IEnumerable<Command> verbs)
    {
        var stylelab = new VerbGroup("stylelab", "Neural style from the shell.")
        {
            new VersionOption(),
            new HelpOption { Action = new HelpWithExamples() },
        };
        foreach (var verb in verbs)
            stylelab.Add(verb);
        return stylelab;
    }

    private static Command[] Verbs() =>
    [
        new RunCommand(),
        new ConvertCommand(),
        new PublishCommand(),
        new TransferCommand().WithEngine(),
        new ReconstructCommand().WithEngine(),
        new TextureCommand().WithEngine(),
        new EnlargeCommand().WithEngine(),
        new DriftCommand().WithEngine(),
        new SweepCommand().WithEngine(),
        new ReproduceCommand().WithEngine(),
        new CompareCommand().WithEngine(),
        new AnimateCommand(),
        KernelCommand.Create(),
        NetworksCommand.Create(),
    ];
}
