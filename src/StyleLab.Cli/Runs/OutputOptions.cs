using System.CommandLine;
using System.CommandLine.Parsing;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Verbs;

namespace StyleLab.Cli.Runs;

/// <summary>What all verbs that make one picture can be told about where it goes, and where it comes from if it was begun before.</summary>
internal sealed class OutputOptions
{
    /// <summary>What Ctrl-C leads to while there is no picture.</summary>
    public const string Nothing = "Interrupted before the first step: nothing was written.";

    private readonly Option<string> _output = PictureOption.Output();

    private readonly Option<int?> _saveEvery = NumberOption.Optional("--save-every",
        "Write the picture after every N steps as well, beside the output (out-step-050.png), and out.resume.safetensors for --resume.");

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Go on from FILE, which an interrupted run, --save-every or a notebook's result.Save left. Nothing else need be given; --steps is the number in all.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _json = PictureOption.Json();

    /// <summary>The output file.</summary>
    public string Output(ParseResult call) => call.GetRequiredValue(_output);

    /// <summary>True if the call gives an output file.</summary>
    public bool HasOutput(ParseResult call) => call.GetResult(_output) is { Implicit: false };

    /// <summary>The file to go on from, or null.</summary>
    public string? Resume(ParseResult call) => call.GetValue(_resume);

    /// <summary>True for one JSON object a picture.</summary>
    public bool Json(ParseResult call) => call.GetValue(_json);

    /// <summary>Steps between pictures that are saved on the way, or null.</summary>
    public int? SaveEvery(ParseResult call) => call.GetValue(_saveEvery);

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _output, _saveEvery, _resume, _json })
            verb.Add(option);
    }

    /// <summary>Makes the picture that the call asks for: of the run it describes, or of the one it resumes.</summary>
    /// <param name="call">The call.</param>
    /// <param name="inputs">The arguments without which there is no new run.</param>
    /// <param name="interruption">Ctrl-C.</param>
    /// <param name="describe">The run that the call describes, and the files it reads.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult call, IReadOnlyList<Argument> inputs, Interruption interruption,
        Func<(Synthesis Run, IEnumerable<string> Files)> describe)
    {
        var run = await interruption.UnlessAskedAsync(() => Prepare(call, inputs, describe));
        return await SynthesisOutcome.SaveAsync(run, interruption, Output(call), Json(call), SaveEvery(call), call.CommandResult.Command.Name);
    }

    private Synthesis Prepare(ParseResult call, IReadOnlyList<Argument> inputs, Func<(Synthesis Run, IEnumerable<string> Files)> describe)
    {
        var missing = inputs.Where(input => call.GetResult(input) is not { Tokens.Count: > 0 }).ToList();
        bool isAlone = Resume(call) is not null && inputs.Count > 0 && missing.Count == inputs.Count;
        if (missing.Count > 0 && !isAlone)
            throw new WrongCallException(ParseErrors.Missing(call, missing[0]));
        if (isAlone && Others(call).FirstOrDefault() is { } other)
            throw new WrongCallException($"--resume goes on with the settings in {Resume(call)}: leave out {other}, or give the pictures as well.");

        (Synthesis? run, IEnumerable<string> files) = isAlone ? (null, []) : describe();
        OutputPicture.Check(Output(call), files);
        if (Resume(call) is { } file)
            run = Resumption.Of(file, StepsOf(call), run, call.CommandResult.Command.Name);
        return run!;
    }

    private static int? StepsOf(ParseResult call) => Given(call).FirstOrDefault(option => option.Option.Name == "--steps")
        ?.GetValueOrDefault<int[]>() is [var steps] ? steps : null;

    private IEnumerable<string> Others(ParseResult call) => Given(call).Select(option => option.Option)
        .Where(option => option != _output && option != _saveEvery && option != _resume && option != _json && option.Name != "--steps").Select(option => option.Name);

    private static IEnumerable<OptionResult> Given(ParseResult call) => call.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit);
}
